/**
 * Marks events this system sends itself, so that they are told apart from events of others that claim its sources, also
 * when they come back through a Kafka that others write to. The mark signs the whole event with a key of one store.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { OwnEvents } from '../../pipeline/ports/secrets.ts';

/** An extension attribute of CloudEvents. */
const MARK = 'warroommark';

export function createOwnEvents(keys: readonly Buffer[], storeId: string): OwnEvents {
  const signers = keys.map((key) => Buffer.from(hkdfSync('sha256', key, storeId, 'events of our own', 32)));
  const [first] = signers;
  if (!first) throw new Error('marks without a key');
  return {
    marked: (event) => ({ ...event, [MARK]: markOf(first, event).toString('base64url') }),
    isOwn(event) {
      const { [MARK]: mark, ...rest } = event;
      if (typeof mark !== 'string') return false;
      const given = Buffer.from(mark, 'base64url');
      return signers.some((key) => {
        const expected = markOf(key, rest);
        return expected.length === given.length && timingSafeEqual(expected, given);
      });
    },
  };
}

/** JSON keeps the order of members, so an event that was written and read again gives the same text. */
function markOf(key: Buffer, event: Readonly<Record<string, unknown>>): Buffer {
  return createHmac('sha256', key).update(JSON.stringify(event)).digest();
}
