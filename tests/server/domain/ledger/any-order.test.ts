/** What the ledger promises, held against the real store's statements and an independent recount. Set SEED to run one seed, RUNS for more. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellFamilies, type CellAddition, type CellFamily } from '../../../helpers/recount/cells.ts';
import { cellsFromFacts, type RecountCut } from '../../../helpers/recount/recount.ts';
import { rowsOfEntity } from '../../../../server/domain/ledger/rebuild.ts';
import type { LedgerRow } from '../../../../server/domain/ledger/row.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { cellsOfRows } from '../../../helpers/recount/cells-of-rows.ts';
import { entityMembers } from '../../../helpers/entity-members.ts';
import { generateEvents, type CloudEvent } from '../../../helpers/event-generator.ts';
import { createIngestRig, NOW, type IngestRig } from '../../../helpers/ingest-rig.ts';
import { seededRandom } from '../../../helpers/random.ts';
import { rearranged } from '../../../helpers/rearranged.ts';
import { recountGroups } from '../../../helpers/recount/recount-groups.ts';

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

/** The first cut at which the rows do not sum to the independent recount; undefined when they do at each. */
async function wrongAt(rig: IngestRig, ledger: readonly LedgerRow[], cuts: readonly RecountCut[]): Promise<RecountCut | undefined> {
  for (const cut of cuts) {
    const counted = inOrder(cellsOfRows(ledger.filter(within(cut)), calendar));
    if (JSON.stringify(counted) !== JSON.stringify(inOrder(await recount(rig, cut)))) return cut;
  }
  return undefined;
}

/** What a fault in the fold or a store would do to one row. */
const planted: Readonly<Record<string, (row: LedgerRow) => readonly LedgerRow[]>> = {
  forgotten: () => [],
  doubled: (row) => [row, row],
  'of the wrong sign': (row) => [{ ...row, measures: row.measures.map((m) => -m) }],
  'of the wrong since': (row) => [{ ...row, since: row.since + 1 }],
  'of the wrong instant of receipt': (row) => [{ ...row, received: row.received + 1 }],
};

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

  it.each(Object.entries(planted))('are found out when one is %s', async (_name, fault) => {
    const rig = await fold(rearranged(generateEvents({ seed: SEED, count: 60, until: NOW, ids: 8 }), SEED));
    const counted = rig.ledger.flatMap((row, i) => (row.family === 'sales' && row.measures.slice(0, 4).some((m) => m !== 0) ? [i] : []));
    expect(counted.length).toBeGreaterThan(0);
    for (const i of counted.slice(0, 5)) {
      const row = rig.ledger[i];
      if (!row) continue;
      const cuts = [{}, { asOf: row.since }, { asOf: row.since - 1 }, { knownAt: row.received }];
      expect(await wrongAt(rig, rig.ledger, cuts)).toBeUndefined();
      expect(await wrongAt(rig, rig.ledger.toSpliced(i, 1, ...fault(row)), cuts)).toBeDefined();
    }
    rig.store.close();
  });
});
