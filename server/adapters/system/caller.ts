/** What a request's headers say about where it comes from, with every repeat of a header: Node itself keeps one of two. */
import type { IncomingMessage } from 'node:http';
import type { Caller } from '../../domain/access.ts';

export function callerOf({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): Caller {
  const every = (name: string): readonly string[] =>
    rawHeaders.filter((_value, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
  return { hosts: every('host'), origins: every('origin'), fetchSites: every('sec-fetch-site') };
}
