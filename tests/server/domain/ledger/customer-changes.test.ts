/** Customers' rows kept up step by step, against rows made anew from all events. Set SEED to run one seed. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { noCustomerChanges, noteSpans, settle } from '../../../../server/domain/ledger/customer-changes.ts';
import { customerRow, firstOfSpans, type QualifyingSpan } from '../../../../server/domain/ledger/customer-events.ts';
import type { TimedRow } from '../../../../server/domain/ledger/row.ts';

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);
process.stdout.write(`customer-changes: seed ${SEED}\n`);

/** Spans of an event that qualifies at its own instant, or is lost and comes back with another channel. */
const spans = fc
  .record({
    at: fc.integer({ min: 0, max: 6 }),
    turns: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }),
    channel: fc.constantFrom('a', 'b'),
  })
  .map(({ at, turns, channel }): QualifyingSpan[] => {
    const event = { customerId: 'K', at, channel, region: null, campaign: null };
    const froms = [at, ...turns.sort((x, y) => x - y).map((turn) => at + turn)];
    return froms.map((from, i) => ({ from, event: i % 2 === 0 ? event : undefined }));
  });
const change = fc.record({ event: fc.integer({ min: 0, max: 3 }), spans: fc.oneof({ weight: 5, arbitrary: spans }, fc.constant([])) });

/** At each instant the earliest event that qualifies then, by brute force. */
function shownAt(events: readonly (readonly QualifyingSpan[])[], instant: number): string | undefined {
  const there = events.flatMap((of, i) => {
    const event = of.findLast(({ from }) => from <= instant)?.event;
    return event ? [{ event, i }] : [];
  });
  there.sort((a, b) => a.event.at - b.event.at || a.i - b.i);
  return there[0] && JSON.stringify([there[0].event.at, there[0].event.channel]);
}

function sumAt(rows: readonly TimedRow[], instant: number): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { at, since, dims, measures } of rows) {
    const key = JSON.stringify([at, dims[0]]);
    if (since <= instant) sums.set(key, (sums.get(key) ?? 0) + (measures[0] ?? 0));
  }
  for (const [key, sum] of sums) if (sum === 0) sums.delete(key);
  return sums;
}

it('[R6] [FO12] rows kept up by what changed show the first event of every instant, and looks at all events are few', () => {
  let looks = 0;
  let steps = 0;
  fc.assert(
    fc.property(fc.array(fc.array(change, { minLength: 1, maxLength: 2 }), { maxLength: 8 }), (batches) => {
      const events: (readonly QualifyingSpan[])[] = [[], [], [], []];
      let stored: readonly TimedRow[] = [];
      for (const batch of batches) {
        const changes = noCustomerChanges();
        for (const { event, spans: now } of batch) {
          noteSpans(changes, events[event] ?? [], now, 'new');
          events[event] = now;
        }
        const noted = changes.byId.get('K');
        if (!noted) continue;
        steps++;
        const settled = settle(noted, stored);
        if (settled === 'unsure') {
          looks++;
          stored = firstOfSpans(events.map((of, i) => ({ key: String(i), spans: of })));
        } else stored = settled ?? stored;
        for (let instant = -1; instant < 14; instant++) {
          const shown = shownAt(events, instant);
          expect(sumAt(stored, instant)).toEqual(new Map(shown === undefined ? [] : [[shown, 1]]));
        }
      }
    }),
    { seed: SEED, numRuns: 2_000 },
  );
  expect(looks).toBeLessThan(steps);
});

it('[R6] a later order of a known customer asks for nothing', () => {
  const event = (at: number) => ({ customerId: 'K', at, channel: 'a', region: null, campaign: null });
  const stored = [customerRow(event(5), 5, 1)];
  const noted = noCustomerChanges();
  noteSpans(noted, [], [{ from: 7, event: event(7) }], 'new');
  noteSpans(noted, [{ from: 8, event: event(8) }], [], 'cancellation');
  const change = noted.byId.get('K');
  expect(change && settle(change, stored)).toBeUndefined();
});
