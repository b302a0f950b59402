/** What the ledger promises, held against the real store's statements and an independent recount. Set SEED to run one seed, RUNS for more. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellFamilies, type CellAddition, type CellFamily } from '../../../../server/domain/cells.ts';
import { cellsFromFacts, type RecountCut } from '../../../../server/domain/fold/recount.ts';
import { rowsOfEntity } from '../../../../server/domain/ledger/rebuild.ts';
import type { LedgerRow } from '../../../../server/domain/ledger/row.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { cellsOfRows } from '../../../helpers/cells-of-rows.ts';
import { entityMembers } from '../../../helpers/entity-members.ts';
import { generateEvents, type CloudEvent } from '../../../helpers/event-generator.ts';
import { createIngestRig, NOW, type IngestRig } from '../../../helpers/ingest-rig.ts';
import { seededRandom } from '../../../helpers/random.ts';
import { recountGroups } from '../../../helpers/recount-store.ts';

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);
const RUNS = Number(process.env['RUNS'] ?? 60);
const DAY = 86_400_000;
const calendar = createCalendar('Asia/Shanghai');

/** Feeds batches, a minute after each other. */
async function fold(batches: readonly (readonly CloudEvent[])[], stepMs = 60_000): Promise<IngestRig> {
  const rig = createIngestRig();
  for (const batch of batches) {
    await rig.feed(batch);
    rig.clock += stepMs;
  }
  return rig;
}

/** The same events with repeats, in another order, cut elsewhere. */
function rearranged(events: readonly CloudEvent[], seed: number): CloudEvent[][] {
  const random = seededRandom(seed);
  const repeated = [...events, ...events.filter(() => random.chance(0.3))];
  const batches: CloudEvent[][] = [[]];
  for (const event of random.shuffle(repeated)) {
    if (random.chance(0.15)) batches.push([]);
    batches.at(-1)?.push(event);
  }
  return batches;
}

/** Sums by a key, without those that are zero throughout, in one order. */
function sums(rows: readonly LedgerRow[], keyOf: (row: LedgerRow) => readonly unknown[]): string[] {
  const totals = new Map<string, number[]>();
  for (const row of rows) {
    const key = JSON.stringify(keyOf(row));
    const total = totals.get(key);
    if (total) row.measures.forEach((m, i) => (total[i] = (total[i] ?? 0) + m));
    else totals.set(key, [...row.measures]);
  }
  return [...totals]
    .filter(([, total]) => total.some((m) => m !== 0))
    .map(([key, total]) => `${key} ${JSON.stringify(total.map((m) => m + 0))}`)
    .sort();
}
const standing = ({ family, kind, entity, at, dims, since }: LedgerRow) => [family, kind, entity, at, dims, since];

const inOrder = (cells: readonly CellAddition[]): string[] =>
  cells.map((c) => JSON.stringify([c.family, c.bucket, c.dims, c.measures.map((m) => m + 0)])).sort();

async function recount(rig: IngestRig, cut: RecountCut): Promise<CellAddition[]> {
  const groups = await recountGroups(rig.store);
  return (Object.keys(cellFamilies) as CellFamily[]).flatMap((family) => cellsFromFacts(groups, family, { cut, calendar, threshold: 0.3 }));
}

function within({ asOf = Infinity, knownAt = Infinity }: RecountCut): (row: LedgerRow) => boolean {
  return ({ since, received }) => since <= asOf && received <= knownAt;
}

describe('[I5] rows of the ledger', () => {
  process.stdout.write(`ledger any-order: seed ${SEED}, ${RUNS} runs\n`);

  it('sum to the same for every entity, cell and instant, whatever the order, repetition and cutting of the events', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), fc.nat(), fc.nat(), async (count, seed, order) => {
        const events = generateEvents({ seed, count, until: NOW, spanMs: 80_000_000, instants: 6, ids: 3 });
        const straight = await fold([events]);
        const mixed = await fold(rearranged(events, order));
        expect(sums(mixed.ledger, standing)).toEqual(sums(straight.ledger, standing));
        straight.store.close();
        mixed.store.close();
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it('[R21] sum to what an independent recount gives, as of any instant and as known at any instant', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 60 }), fc.nat(), fc.nat(), async (count, seed, cutSeed) => {
        const rig = await fold(rearranged(generateEvents({ seed, count, until: NOW, ids: 3 }), seed));
        const random = seededRandom(cutSeed);
        const asOf = NOW - Math.floor(random.next() * 8 * DAY);
        const knownAt = NOW + Math.floor(random.next() * 10) * 60_000;
        for (const cut of [{}, { asOf }, { knownAt }, { asOf, knownAt }])
          expect(inOrder(cellsOfRows(rig.ledger.filter(within(cut)), calendar)), JSON.stringify(cut)).toEqual(
            inOrder(await recount(rig, cut)),
          );
        rig.store.close();
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it('[FO13] come out the same when they are written anew from the facts, with instants of receipt', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), fc.nat(), async (count, seed) => {
        const rig = await fold(rearranged(generateEvents({ seed, count, until: NOW, ids: 3 }), seed));
        const context = { calendar, workspaceSince: 0, thresholds: [{ since: 0, threshold: 0.3 }] };
        const anew = (await entityMembers(rig.store)).flatMap((members) => rowsOfEntity(members, context));
        const received = (row: LedgerRow) => [...standing(row), row.received];
        expect(sums(anew, received)).toEqual(sums(rig.ledger, received));
        rig.store.close();
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it('[R26] [FO14] carry the same causes anew where every event came by itself', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), fc.nat(), async (count, seed) => {
        const events = rearranged(generateEvents({ seed, count, until: NOW, ids: 3 }), seed).flat();
        const rig = await fold(events.map((event) => [event]));
        const context = { calendar, workspaceSince: 0, thresholds: [{ since: 0, threshold: 0.3 }] };
        const anew = (await entityMembers(rig.store)).flatMap((members) => rowsOfEntity(members, context));
        const caused = (row: LedgerRow) => [...standing(row), row.received, row.cause];
        expect(sums(anew, caused)).toEqual(sums(rig.ledger, caused));
        rig.store.close();
      }),
      { seed: SEED, numRuns: Math.ceil(RUNS / 2) },
    );
  });
});
