/**
 * Who may talk to a server that knows no accounts: programs on this machine, and
 * pages this server sent. A foreign page in somebody's browser reaches loopback too,
 * by a simple POST or by pointing its own name at 127.0.0.1 (DNS rebinding); both are told apart here.
 */
import type { IncomingMessage } from 'node:http';
import { isLoopback } from '../../config/environment.ts';
import { problem, type Reply } from './reply.ts';

/** The refusal of a request that comes from elsewhere, or null. `publicUrl`: origin people use, or null. */
export function guard(request: IncomingMessage, publicUrl: string | null): Reply | null {
  const { host, origin } = request.headers;
  // Node keeps the first of two Host headers; a proxy before it may have believed the second.
  if (request.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length > 1)
    return problem(400, 'bad_header', 'the Host header is given twice');
  if (!hostAllowed(host, publicUrl))
    return problem(403, 'foreign_host', 'this server answers to its own name only; set PUBLIC_URL to the address people use');
  const reads = request.method === 'GET' || request.method === 'HEAD';
  const site = request.headers['sec-fetch-site'];
  if (!reads && !(originAllowed(origin, host, publicUrl) && fetchSiteAllowed(Array.isArray(site) ? site[0] : site)))
    return problem(403, 'foreign_origin', 'another site’s page may not change anything here');
  return null;
}

const hostForm = /^(\[[0-9a-f:]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/i;

function hostAllowed(host: string | undefined, publicUrl: string | null): boolean {
  if (host === undefined) return false;
  const name = hostForm.exec(host)?.[1];
  if (name === undefined) return false;
  return isLoopback(name) || (publicUrl !== null && host.toLowerCase() === new URL(publicUrl).host);
}

/** True for a page this server sent, and for programs, which send no Origin. */
function originAllowed(origin: string | undefined, host: string | undefined, publicUrl: string | null): boolean {
  if (origin === undefined) return true;
  if (publicUrl !== null && origin === publicUrl) return true;
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}

/** Fetch metadata (W3C): what browsers say about where a request comes from. Absent in programs. */
function fetchSiteAllowed(site: string | undefined): boolean {
  return site === undefined || site === 'same-origin' || site === 'none';
}
