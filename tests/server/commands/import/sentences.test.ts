import { expect, it } from 'vitest';
import type { Consumed } from '../../../../server/commands/import/consumption.ts';
import { outcomeLine } from '../../../../server/commands/import/sentences.ts';
import { Tally } from '../../../../server/commands/import/tally.ts';
import type { ItemResult } from '../../../../shared/events/outcomes.ts';

type Counts = Partial<Record<ItemResult['outcome'], number>>;
function tally(counts: Counts): Tally {
  const made = new Tally();
  for (const [outcome, count] of Object.entries(counts) as [ItemResult['outcome'], number][])
    for (let i = 0; i < count; i += 1) made.add('f', 'line 1', { index: i, id: null, outcome });
  return made;
}
const folded = (over: Partial<Consumed> = {}): Consumed => ({
  ...{ applied: 0, older: 0, duplicate: 0, quarantined: 0, skipped: 0, tombstone: 0 },
  ...over,
});

it.each<[string, Counts, Partial<Consumed>, string]>([
  ['nothing in the files', {}, {}, 'There was no event to send.'],
  ['all rejected', { rejected: 4 }, {}, 'Nothing was stored: every event was rejected.'],
  ['all known', { duplicate: 4 }, {}, 'Nothing changed: all of it was known.'],
  ['all in quarantine', { quarantined: 3 }, {}, 'Nothing is counted of it.'],
  ['rejected and in quarantine', { quarantined: 3, rejected: 1 }, {}, 'Nothing is counted of it.'],
  [
    'known and rejected',
    { duplicate: 3, rejected: 1 },
    {},
    'Nothing changed in what is counted: what is neither quarantined nor rejected was known.',
  ],
  ['some of everything', { accepted: 2, duplicate: 1, rejected: 1 }, { applied: 2 }, 'Folded: 2 new, 0 known. All the rest is counted.'],
  [
    'Kafka tells at folding',
    { accepted: 5 },
    { applied: 2, duplicate: 1, older: 1, quarantined: 1 },
    'Folded: 2 new, 1 known, 1 older versions kept as history, 1 quarantined. All the rest is counted.',
  ],
  ['Kafka, the second time', { accepted: 5 }, { duplicate: 5 }, 'Nothing changed: all of it was known.'],
  [
    'Kafka, the second time, some rejected',
    { accepted: 5, rejected: 1 },
    { duplicate: 5 },
    'Nothing changed: all that was accepted was known.',
  ],
  [
    'a server started anew, which has forgotten',
    { accepted: 9 },
    { applied: 3 },
    'Everything is counted. The server was started anew meanwhile, so how much of it was new is not known.',
  ],
  [
    'a server started anew that folded nothing since',
    { accepted: 9 },
    {},
    'Everything is counted. The server was started anew meanwhile, so how much of it was new is not known.',
  ],
  [
    'others send too',
    { accepted: 2 },
    { applied: 7 },
    'Everything is counted. Other events came in meanwhile, so how much of it was new is not known.',
  ],
])('says what is true: %s', (_case, counts, over, line) => {
  expect(outcomeLine(tally(counts), folded(over))).toBe(line);
});
