/** The page that acknowledges: a sentence, a button, a link; no script, so that it opens at once on any phone. */
import { randomBytes } from 'node:crypto';
import { alertWords, type AckState, type Language } from '../../domain/alerts/words.ts';
import type { AckAnswer } from '../../pipeline/services/services.ts';
import { reply, type Reply } from './reply.ts';
import { pagePolicy } from './security-headers.ts';

const statuses: Readonly<Record<AckState, number>> = {
  ...{ ready: 200, done: 200, yours: 200, taken: 409, answered: 409, closed: 409 },
  ...{ used: 410, expired: 410, wrong: 404, foreign: 404, failed: 503 },
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const style = `body{font:18px/1.6 system-ui,sans-serif;margin:0;padding:32px 20px;color:#1f2328;background:#fff}
main{max-width:30rem;margin:0 auto}button,a{display:block;width:100%;box-sizing:border-box;text-align:center;padding:14px;border-radius:8px;font:inherit;margin-top:20px}
button{border:0;background:#0b57d0;color:#fff;font-weight:600}a{color:#0b57d0}h1{font-size:20px}
@media (prefers-color-scheme:dark){body{background:#14171a;color:#e6e8ea}button{background:#8ab4f8;color:#0b1015}a{color:#8ab4f8}}`;

/** Chinese unless the browser would rather read English. */
function languageOf(accepted: string): Language {
  const first = accepted
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .find((part) => part.startsWith('zh') || part.startsWith('en'));
  return first?.startsWith('en') ? 'en' : 'zh-CN';
}

export function ackPage({ state, code, name, incidentId }: AckAnswer, acceptLanguage: string): Reply {
  const language = languageOf(acceptLanguage);
  const words = alertWords[language].ack;
  const nonce = randomBytes(16).toString('base64');
  const button = state === 'ready' || state === 'failed' ? `<form method="post"><button>${escaped(words.button)}</button></form>` : '';
  const story = incidentId === null ? '' : `<a href="/incidents/${encodeURIComponent(incidentId)}">${escaped(words.story)}</a>`;
  const document = `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(words.title)}</title><style nonce="${nonce}">${style}</style></head>
<body><main><h1>${escaped(words.title)}</h1><p role="status">${escaped(words.text[state](code, name))}</p>${button}${story}</main></body></html>`;
  return reply(statuses[state], 'text/html; charset=utf-8', document, {
    'content-security-policy': pagePolicy(nonce),
    // The form’s own origin is told to this server, which refuses changes of unknown origin; others still learn nothing.
    'referrer-policy': 'same-origin',
    'x-robots-tag': 'noindex',
    vary: 'accept-language',
  });
}
