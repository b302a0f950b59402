/**
 * Who may do what with a server that knows no accounts: programs on this machine, and pages
 * this server sent. One decision for HTTP requests and for socket handshakes.
 *
 * A foreign page in somebody's browser reaches a loopback address too: by a simple POST, by a
 * WebSocket (which the same-origin policy of browsers does not cover: RFC 6455, 10.2), or by
 * pointing its own name at 127.0.0.1 (DNS rebinding). `Host`, `Origin` and `Sec-Fetch-Site`
 * tell such a page from ours.
 */
import { isLoopback } from '../../shared/loopback.ts';

/** What somebody asks for. A subscription reads, but its answers pass every browser's same-origin policy. */
export type Action = 'read' | 'change' | 'subscribe';

/** What a request says about where it comes from. */
export interface Caller {
  /** Every `Host` header of the request. */
  readonly hosts: readonly string[];
  /** Every `Origin` header; programs send none. */
  readonly origins: readonly string[];
  /** Every `Sec-Fetch-Site` header (W3C fetch metadata): what a browser says about the asking page. Absent in programs. */
  readonly fetchSites: readonly string[];
}

export interface Denial {
  readonly status: 400 | 403;
  readonly code: 'bad_header' | 'foreign_host' | 'foreign_origin';
  readonly detail: string;
}

/**
 * Why the caller may not do this, or null when it may.
 * @param publicUrl the origin people use behind a proxy, as browsers write it (lower case, no default port, no path), or null
 */
export function decideAccess(action: Action, caller: Caller, publicUrl: string | null): Denial | null {
  // HTTP libraries keep one of two Host headers; a proxy before this server may have believed the other.
  if (caller.hosts.length > 1) return { status: 400, code: 'bad_header', detail: 'the Host header is given twice' };
  const host = caller.hosts[0]?.toLowerCase();
  if (host === undefined || !isOwnHost(host, publicUrl))
    return {
      status: 403,
      code: 'foreign_host',
      detail: 'this server answers to its own name only; set PUBLIC_URL to the address people use',
    };
  if (action === 'read') return null;
  if (caller.origins.every((origin) => isOwnOrigin(origin, host, publicUrl)) && caller.fetchSites.every(isOwnSite)) return null;
  return { status: 403, code: 'foreign_origin', detail: 'another site’s page may not change anything here, nor open a socket' };
}

const originForm = /^(https?):\/\/(.+)$/;
const hostForm = /^(\[[0-9a-f:]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/;

/** Any port is right on a loopback name: a tunnel or the client's development server may stand before this one. */
function isOwnHost(host: string, publicUrl: string | null): boolean {
  const name = hostForm.exec(host)?.[1];
  if (name === undefined) return false;
  if (isLoopback(name)) return true;
  const own = publicUrl === null ? null : originForm.exec(publicUrl);
  if (!own) return false;
  const [, scheme, publicHost] = own;
  return host === publicHost || host === `${publicHost}:${scheme === 'https' ? '443' : '80'}`;
}

/** A page of ours has the origin of the address it was asked for at, or the public one. */
function isOwnOrigin(origin: string, host: string, publicUrl: string | null): boolean {
  return origin === publicUrl || origin === `http://${host}` || origin === `https://${host}`;
}

function isOwnSite(site: string): boolean {
  return site === 'same-origin' || site === 'none';
}
