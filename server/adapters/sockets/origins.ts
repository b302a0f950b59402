/**
 * Who may open a socket. The browser's same-origin policy does not cover WebSocket, so any page could read the war room
 * through its visitor's browser unless the server compares `Origin` itself (RFC 6455, 10.2).
 */
import type { IncomingMessage } from 'node:http';

/** The origins pages of ours are served from: the own address in its loopback spellings, and `PUBLIC_URL`. */
export function ownOrigins(own: { readonly host: string; readonly port: number; readonly publicUrl: string | null }): ReadonlySet<string> {
  const host = own.host.includes(':') ? `[${own.host}]` : own.host;
  const hosts = [host, '127.0.0.1', 'localhost', '[::1]'];
  // Through URL, so that port 80 and letter case come out as browsers write them.
  const origins = hosts.map((name) => new URL(`http://${name}:${own.port}`).origin);
  return new Set(own.publicUrl === null ? origins : [...origins, new URL(own.publicUrl).origin]);
}

/**
 * Whether a handshake, polling or websocket, comes from a page of ours or from no page.
 *
 * `Host` must be ours too: a page whose name was re-pointed at this machine (DNS rebinding) is same-origin to its browser
 * and sends no `Origin` when polling. No `Origin` at all is a program, or a page polling its own origin: allowed as long as the
 * browser does not say that another site asks. There are no cookies to ride on; when accounts come, this needs another look.
 */
export function isAllowed(headers: IncomingMessage['headers'], own: ReadonlySet<string>): boolean {
  const host = (headers.host ?? '').toLowerCase();
  const ours = [...own].some((origin) => new URL(origin).host === host || `${new URL(origin).hostname}:${defaultPort(origin)}` === host);
  if (!ours) return false;
  if (headers.origin !== undefined) return own.has(headers.origin);
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

function defaultPort(origin: string): string {
  const { port, protocol } = new URL(origin);
  return port !== '' ? port : protocol === 'https:' ? '443' : '80';
}
