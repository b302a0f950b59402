/**
 * When more waits for a channel than it takes in a minute, what waits is told by digests that list every message they
 * hold [N4]. Breaches keep their own place first: they become a digest only when they alone are too many.
 */
import { urgencies, type AlertContent, type Urgency } from '../../../shared/incidents/alert.ts';
import type { OutboxMessage, OutboxRow, Standing } from '../ports/outbox.ts';

/** Bounds the rows one digest moves when it ends. */
const MOST_ITEMS = 200;

/** Urgencies whose messages are told by digests: those for which a minute's sends leave no room. */
export function urgenciesToDigest(backlog: Readonly<Record<Urgency, number>>, perMinute: number): readonly Urgency[] {
  let room = perMinute;
  return urgencies.filter((urgency) => {
    if (backlog[urgency] <= room) {
      room -= backlog[urgency];
      return false;
    }
    return backlog[urgency] > 1;
  });
}

export interface PlannedDigest {
  readonly message: OutboxMessage;
  readonly standing: Standing;
  readonly held: readonly number[];
}

/**
 * @param rows waiting on their own for one channel, of one urgency
 * @param fits how many of these items, from the first one on, one message of the channel can list
 * @param perPerson the channel reaches people one by one, so that a digest is for one of them
 */
export function planDigests(
  rows: readonly OutboxRow[],
  fits: (items: readonly AlertContent[]) => number,
  { now, perPerson }: { readonly now: number; readonly perPerson: boolean },
): readonly PlannedDigest[] {
  const byReceiver = Map.groupBy(rows, ({ address, person }) => (perPerson ? `${address} ${person?.id ?? ''}` : address));
  return [...byReceiver.values()].flatMap((group) => {
    const digests: PlannedDigest[] = [];
    for (let from = 0; from < group.length;) {
      const rest = group.slice(from, from + MOST_ITEMS);
      const count = Math.max(1, Math.min(rest.length, fits(rest.map(({ content }) => content))));
      // A digest of one message is that message.
      if (count > 1) digests.push(digestOf(rest.slice(0, count), now));
      from += count;
    }
    return digests;
  });
}

function digestOf(held: readonly OutboxRow[], now: number): PlannedDigest {
  const [first] = held;
  if (first === undefined) throw new Error('a digest of nothing');
  const { channel, address, urgency, dry } = first;
  // The digest is as old as the oldest message in it, and is given up no later.
  const createdAt = held.reduce((least, { since }) => Math.min(least, since), now);
  const same = held.every(({ person }) => person?.id === first.person?.id);
  const turnEndsAt = held.reduce<number | null>((least, row) => earlier(least, row.turnEndsAt), null);
  return {
    message: {
      ...{ key: `digest ${channel} ${first.id} ${now}`, incidentId: null, step: 'digest', urgency, dry, createdAt },
      ...{ person: same ? first.person : null, contacts: [] },
      content: {
        ...{ reason: 'digest', code: null, title: String(held.length), brand: null, grade: null, clock: null, dueAt: null },
        ...{ owner: null, why: null, generation: null },
      },
    },
    standing: { state: 'waiting', channel, address, turn: 0, turnEndsAt, nextAt: now, endedAt: null, reason: null },
    held: held.map(({ id }) => id),
  };
}

export function earlier(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}
