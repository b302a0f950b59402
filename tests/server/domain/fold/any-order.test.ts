/** The central promise of the fold, held against the real store's statements. Set SEED to run one seed, RUNS for more. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellFamilies, type CellAddition, type CellFamily } from '../../../helpers/recount/cells.ts';
import { cellsFromFacts } from '../../../helpers/recount/recount.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { generateEvents, type CloudEvent } from '../../../helpers/event-generator.ts';
import { createIngestRig, NOW, type IngestRig } from '../../../helpers/ingest-rig.ts';
import { recountGroups } from '../../../helpers/recount/recount-groups.ts';
import { cellsOfRows } from '../../../helpers/recount/cells-of-rows.ts';
import { rounds } from '../../../helpers/long-form.ts';
import { rearranged } from '../../../helpers/rearranged.ts';

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);
const RUNS = rounds('RUNS', { short: 120, long: 1_000 });
const OWN = { own: ['山澜'], tracked: ['铂域'] };

async function fold(batches: readonly (readonly CloudEvent[])[]): Promise<IngestRig> {
  const rig = createIngestRig();
  await rig.store.write((tx) => tx.putPolicy('brands', { value: OWN, owner: 't', reason: 't', effectiveFrom: 0, setAt: 0 }));
  for (const batch of batches) await rig.feed(batch);
  return rig;
}

/** Stories that need an answer as the facts stand now: every order of arrival must have opened them. */
function standingStories(rig: IngestRig): unknown[] {
  return rig.store.db
    .prepare(
      `select m.key from mentions m where m.brand = '山澜' and m.polarity = 'negative' and m.deleted = 0 and m.history = 0
       and not exists (select 1 from incidents i join incident_mentions im on im.incident_id = i.id where im.mention_key = m.key)`,
    )
    .all();
}

const calendar = createCalendar('Asia/Shanghai');

async function recount(rig: IngestRig, cut = {}): Promise<CellAddition[]> {
  const groups = await recountGroups(rig.store);
  const options = { cut, calendar, threshold: 0.3 };
  return (Object.keys(cellFamilies) as CellFamily[]).flatMap((family) => cellsFromFacts(groups, family, options));
}

const inOrder = (cells: readonly CellAddition[]): string[] =>
  cells.map((c) => JSON.stringify([c.family, c.bucket, c.dims, c.measures.map((m) => m + 0)])).sort();

describe('[I5] the final state is the same for every arrival order, any duplication and any batches', () => {
  process.stdout.write(`any-order: seed ${SEED}, ${RUNS} runs\n`);

  it('[FO3] facts, history and customers agree; no standing negative story is without an incident', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), fc.nat(), fc.nat(), async (count, seed, order) => {
        const events = generateEvents({ seed, count, until: NOW, spanMs: 80_000_000, instants: 6, ids: 3 });
        const straight = await fold([events]);
        const mixed = await fold(rearranged(events, order));
        expect([...mixed.quarantined(), ...straight.quarantined()]).toEqual([]);
        expect(mixed.store.dump()).toEqual(straight.store.dump());
        expect(standingStories(straight)).toEqual([]);
        expect(standingStories(mixed)).toEqual([]);
        straight.store.close();
        mixed.store.close();
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it('[R21] a recount as of an instant equals the fold of the facts that had happened', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 60 }), fc.nat(), async (count, seed) => {
        const asOf = NOW - 2 * 86_400_000;
        // Where no version supersedes another, dropping what happened later is all there is to it.
        const events = onePerThing(generateEvents({ seed, count, until: NOW, ids: 8 }));
        const all = await fold([events]);
        const early = await fold([events.filter((event) => Date.parse(event.time) <= asOf)]);
        expect(inOrder(await recount(all, { asOf }))).toEqual(inOrder(cellsOfRows(early.ledger, calendar)));
        all.store.close();
        early.store.close();
      }),
      { seed: SEED, numRuns: Math.ceil(RUNS / 3) },
    );
  });
});

function onePerThing(events: readonly CloudEvent[]): CloudEvent[] {
  const seen = new Set<string>();
  return events.filter(({ source, type, subject }) => {
    const name = `${source} ${type} ${subject}`;
    return !seen.has(name) && seen.add(name);
  });
}
