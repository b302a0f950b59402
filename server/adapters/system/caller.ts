/**
 * Reads from a request's headers where the request comes from, with every value of a repeated header; Node's `headers`
 * keeps only one of them.
 */
import type { IncomingMessage } from 'node:http';
import type { Caller } from '../../domain/access.ts';

export function callerOf({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): Caller {
  const every = (name: string): readonly string[] =>
    rawHeaders.filter((_value, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
  return { hosts: every('host'), origins: every('origin'), fetchSites: every('sec-fetch-site') };
}
