/** Links as evidence that mentions speak of one thing. */
import { linksIn } from './story-text.ts';

/** What programs add to a link so that they know where it was clicked. */
const TRACKING = /^(?:utm_.*|spm|scm|from|share.*|wx.*|weibo_id|sudaref|luicode|lfid|ref|referer|source|timestamp|app|_wv|_t|t|ut_sk)$/iu;
const HOST_PREFIX = /^(?:www|m|mobile|wap|touch|h5)\./u;
/** A mention names a few links; a list of them is an advertisement. */
const MOST_LINKS = 4;

/** http(s) links without what changes from copy to copy; null where it leads to no page of its own. */
export function canonicalLink(link: string): { readonly host: string; readonly text: string } | null {
  const parts = /^https?:\/\/(?:[^/?#@]*@)?([^/?#:]+)(?::\d+)?(\/[^?#]*)?(?:\?([^#]*))?/iu.exec(link.trim().normalize('NFKC'));
  const host = parts?.[1]?.toLowerCase().replace(HOST_PREFIX, '');
  if (host === undefined || !host.includes('.')) return null;
  const path = (parts?.[2] ?? '').replace(/\/+$/u, '');
  const query = (parts?.[3] ?? '')
    .split('&')
    .filter((pair) => pair !== '' && !TRACKING.test(pair.split('=')[0] ?? ''))
    .sort();
  if (path === '' && query.length === 0) return null;
  return { host, text: `${host}${path}${query.length === 0 ? '' : `?${query.join('&')}`}` };
}

/** The links of a mention that may be evidence, each once: pages outside the brand's own shops. */
export function evidenceLinks(url: string | undefined, text: string, ownHosts: readonly string[]): readonly string[] {
  const own = ownHosts.map((host) => host.toLowerCase().replace(HOST_PREFIX, ''));
  const links = [...(url === undefined ? [] : [url]), ...linksIn(text)].slice(0, MOST_LINKS).flatMap((link) => {
    const found = canonicalLink(link);
    return found === null || own.some((host) => found.host === host || found.host.endsWith(`.${host}`)) ? [] : [found.text];
  });
  return [...new Set(links)];
}
