/** Slack incoming webhook: text for notifications, blocks for reading; the address is the secret. */
import * as z from 'zod';
import { fittedText } from '../../domain/alerts/message.ts';
import { arrived, failed, judgeStatus } from './judge.ts';
import { jsonRequest, noSecret, type HttpKind } from './kind.ts';
import { robotOptions } from './options.ts';

/** Without it `<!channel>` in a story would call everybody. */
const harmless = (line: string): string => line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export const slack: HttpKind = {
  // A section takes 3,000 characters.
  ...{ kind: 'slack', via: 'http', limits: { bytes: 2_900, perMinute: 60, perSecond: 1 } },
  needs: { url: 'http', secret: noSecret, options: z.strictObject(robotOptions) },
  compose(channel, { message, address }) {
    const called = address === null ? '' : `<@${address.replace(/\W/g, '')}>\n`;
    const text = called + fittedText(message, slack.limits.bytes, harmless);
    return jsonRequest(channel.url ?? '', {
      text,
      unfurl_links: false,
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }],
    });
  },
  judge(answer, at) {
    const byStatus = judgeStatus(answer, at);
    if (byStatus) return byStatus;
    return answer.body.trim() === 'ok'
      ? arrived(answer, 'ok')
      : failed(answer, false, `HTTP ${answer.status}, but not “ok”: ${answer.body.trim()}`);
  },
};
