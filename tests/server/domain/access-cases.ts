/** Where callers come from and what each may do: one table for the decision and for both doors. `PORT` is the server's own. */
import type { Denial } from '../../../server/domain/access.ts';

export interface AccessCase {
  readonly name: string;
  /** Repeated headers stand twice. */
  readonly headers: readonly (readonly [string, string])[];
  /** Of a reading request; the others are refused with it. */
  readonly read: Denial['code'] | null;
  /** Of a change and of a socket. */
  readonly changeAndSubscribe: Denial['code'] | null;
}
export const publicUrl = 'https://warroom.example.com';

const may = (name: string, ...headers: AccessCase['headers']): AccessCase => ({ name, headers, read: null, changeAndSubscribe: null });
const onlyReads = (name: string, ...headers: AccessCase['headers']): AccessCase => ({
  name,
  headers,
  read: null,
  changeAndSubscribe: 'foreign_origin',
});
const nothing = (name: string, code: Denial['code'], ...headers: AccessCase['headers']): AccessCase => ({
  name,
  headers,
  read: code,
  changeAndSubscribe: code,
});
const own = ['host', '127.0.0.1:PORT'] as const;

export const accessCases: readonly AccessCase[] = [
  may('a program', own),
  may('our page', own, ['origin', 'http://127.0.0.1:PORT'], ['sec-fetch-site', 'same-origin']),
  may('our page by another loopback name', ['host', 'LocalHost:PORT'], ['origin', 'http://localhost:PORT']),
  may('our page through a tunnel from another port', ['host', 'localhost:9000'], ['origin', 'http://localhost:9000']),
  may('our page by IPv6', ['host', '[::1]:PORT'], ['origin', 'http://[::1]:PORT']),
  may('our page at the public address', ['host', 'warroom.example.com'], ['origin', publicUrl], ['sec-fetch-site', 'same-origin']),
  may('the public address with its port written out', ['host', 'warroom.example.com:443'], ['origin', publicUrl]),
  may('a proxy that puts the loopback name into Host', own, ['origin', publicUrl]),
  may('a page polling its own origin', own, ['sec-fetch-site', 'same-origin']),
  may('an address typed into the browser', own, ['sec-fetch-site', 'none']),
  onlyReads('another page on this machine', own, ['origin', 'http://127.0.0.1:1']),
  onlyReads('another loopback name of the same port', own, ['origin', 'http://localhost:PORT']),
  onlyReads('another site', own, ['origin', 'https://evil.example'], ['sec-fetch-site', 'cross-site']),
  onlyReads('a name that begins like ours', own, ['origin', 'http://127.0.0.1:PORT.evil.example']),
  onlyReads('another scheme of the public name', own, ['origin', 'http://warroom.example.com']),
  onlyReads('a sandboxed page', own, ['origin', 'null']),
  onlyReads('an empty origin', own, ['origin', '']),
  onlyReads('a foreign page whose browser leaves Origin out', own, ['sec-fetch-site', 'cross-site']),
  onlyReads('a sibling site', own, ['sec-fetch-site', 'same-site']),
  onlyReads('two origins, one ours', own, ['origin', 'http://127.0.0.1:PORT'], ['origin', 'https://evil.example']),
  onlyReads('two sites, one ours', own, ['sec-fetch-site', 'same-origin'], ['sec-fetch-site', 'cross-site']),
  nothing('a name pointed at this machine', 'foreign_host', ['host', 'evil.example:PORT'], ['origin', 'http://evil.example:PORT']),
  nothing('such a name without an origin', 'foreign_host', ['host', 'evil.example:PORT'], ['sec-fetch-site', 'same-origin']),
  nothing('the public name at another port', 'foreign_host', ['host', 'warroom.example.com:8443']),
  nothing('an address of the network', 'foreign_host', ['host', '10.0.0.1:PORT']),
  nothing('a name that only begins like loopback', 'foreign_host', ['host', '127.0.0.1.evil.example']),
  nothing('a user before the name', 'foreign_host', ['host', 'localhost@evil.example']),
  nothing('two hosts, the first ours', 'bad_header', own, ['host', 'evil.example']),
];

/** Names and values alternating, as Node takes and gives them. */
export function rawHeadersOf({ headers }: AccessCase, port: number): string[] {
  return headers.flatMap(([name, value]) => [name, value.replace('PORT', String(port))]);
}
