/**
 * Who may talk to a server that knows no accounts: programs on this machine, and
 * pages this server sent. A foreign page in somebody's browser reaches loopback too,
 * by a simple POST or by pointing its own name at 127.0.0.1 (DNS rebinding); both are told apart here.
 */
import { isLoopback } from '../../config/environment.ts';

const hostForm = /^(\[[0-9a-f:]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/i;

/** @param publicUrl origin people use, or null */
export function hostAllowed(host: string | undefined, publicUrl: string | null): boolean {
  if (host === undefined) return false;
  const name = hostForm.exec(host)?.[1];
  if (name === undefined) return false;
  return isLoopback(name) || (publicUrl !== null && host.toLowerCase() === new URL(publicUrl).host);
}

/** True for a page this server sent, and for programs, which send no Origin. */
export function originAllowed(origin: string | undefined, host: string | undefined, publicUrl: string | null): boolean {
  if (origin === undefined) return true;
  if (publicUrl !== null && origin === publicUrl) return true;
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}

/** Fetch metadata (W3C): what browsers say about where a request comes from. Absent in programs. */
export function fetchSiteAllowed(site: string | undefined): boolean {
  return site === undefined || site === 'same-origin' || site === 'none';
}
