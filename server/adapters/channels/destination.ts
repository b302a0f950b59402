/**
 * Where a request may go: public hosts over an encrypted protocol, and whatever CHANNEL_ALLOW names. The address that is
 * judged is the address that is connected to, so a name that answers differently the second time gains nothing.
 */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isPublicAddress } from './addresses.ts';

export interface Address {
  readonly address: string;
  readonly family: number;
}
export type Resolve = (host: string) => Promise<readonly Address[]>;
export const systemResolve: Resolve = (host) => lookup(host, { all: true, verbatim: true });

export interface Destination {
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  readonly encrypted: boolean;
  /** Named by CHANNEL_ALLOW: no address is refused. */
  readonly allowed: boolean;
}
const defaultPorts: Readonly<Record<string, number>> = { 'https:': 443, 'http:': 80, 'smtps:': 465, 'smtp:': 587 };

/** Where an address leads, or a sentence that says why it may not be used. `allow` holds `host:port` in lower case. */
export function destinationOf(text: string, protocols: 'http' | 'smtp', allow: ReadonlySet<string>): Destination | string {
  // Only the parser for http understands numbers written in hex and the like; SMTP addresses are read by it too.
  const url = URL.parse(text);
  const parsed = url && protocols === 'smtp' ? URL.parse(text.replace(/^smtps?:/i, 'http:')) : url;
  if (!url || !parsed) return 'it is no address';
  const known = protocols === 'http' ? ['https:', 'http:'] : ['smtps:', 'smtp:'];
  if (!known.includes(url.protocol)) return `it must begin with ${protocols === 'http' ? 'https://' : 'smtps:// or smtp://'}`;
  if (url.username !== '' || url.password !== '') return 'a user or a password does not belong into the address';
  const host = parsed.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const port = url.port === '' ? (defaultPorts[url.protocol] ?? 0) : Number(url.port);
  if (host === '') return 'it names no host';
  const allowed = allow.has(`${parsed.hostname.replace(/\.$/, '')}:${port}`);
  if (url.protocol === 'http:' && !allowed) return 'it must begin with https://; CHANNEL_ALLOW names exceptions';
  if (!allowed && isIP(host) !== 0 && !isPublicAddress(host)) return 'it leads into a private network; CHANNEL_ALLOW names exceptions';
  return { host, port, encrypted: url.protocol === 'https:' || url.protocol === 'smtps:', allowed };
}

/** A name whose addresses are not public. */
export class PrivateAddress extends Error {
  override readonly name = 'PrivateAddress';
}

/** Every address of the host; throws `PrivateAddress` when one of them is not public, and what the resolver throws. */
export async function judgedAddresses({ host, allowed }: Destination, resolve: Resolve): Promise<readonly Address[]> {
  const version = isIP(host);
  const addresses = version === 0 ? await resolve(host) : [{ address: host, family: version }];
  if (!allowed && addresses.some(({ address }) => !isPublicAddress(address)))
    throw new PrivateAddress('the name leads into a private network');
  if (addresses.length === 0) throw new Error('the name has no address');
  return addresses;
}
