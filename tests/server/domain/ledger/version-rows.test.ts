/** Totals so far in the ledger, held against a look at every version that ever came. Set SEED to run one seed. */
import { describe, expect, it } from 'vitest';
import type { FactVersion } from '../../../../server/domain/facts.ts';
import type { LedgerRow } from '../../../../server/domain/ledger/row.ts';
import { entityMembers } from '../../../helpers/entity-members.ts';
import { generateEvents, type CloudEvent } from '../../../helpers/event-generator.ts';
import { createIngestRig, NOW, type IngestRig } from '../../../helpers/ingest-rig.ts';
import { seededRandom } from '../../../helpers/random.ts';
import { rearranged } from '../../../helpers/rearranged.ts';
import { testSeed } from '../../../helpers/seed.ts';

const DAY = 86_400_000;

const told = (version: number, at: number, reads: number): CloudEvent => ({
  specversion: '1.0',
  id: `told ${version}`,
  source: '/social',
  type: 'campaign.engagement',
  time: new Date(at).toISOString(),
  subject: 'C',
  data: { campaignId: 'C', platform: '微博', version, reads, likes: 0, shares: 0 },
});

interface Cut {
  readonly asOf?: number;
  readonly knownAt?: number;
}

/** What the rows sum to at a cut: fact, instant and reads of each that is not 0. */
function summed(rows: readonly LedgerRow[], { asOf = Infinity, knownAt = Infinity }: Cut): string[] {
  const sums = new Map<string, number>();
  for (const { family, entity, at, since, received, measures } of rows) {
    if (family !== 'engagement' || since > asOf || received > knownAt) continue;
    const key = `${entity} ${at}`;
    sums.set(key, (sums.get(key) ?? 0) + (measures[0] ?? 0));
  }
  return [...sums]
    .filter(([, reads]) => reads !== 0)
    .map(([key, reads]) => `${key} ${reads}`)
    .sort();
}

async function byHand(rig: IngestRig, { asOf = Infinity, knownAt = Infinity }: Cut): Promise<string[]> {
  const lines: string[] = [];
  for (const of of await entityMembers(rig.store)) {
    if (of.entity !== 'fact' || of.members.fact.kind !== 'engagement') continue;
    const all: FactVersion[] = [...of.members.fact.versions, ...of.members.history];
    const [speaking] = all.filter((v) => v.occurredAt <= asOf && v.receivedAt <= knownAt).sort((a, b) => b.version - a.version);
    if (speaking?.type === 'campaign.engagement' && speaking.data.reads !== 0)
      lines.push(`${of.members.fact.key} ${speaking.occurredAt} ${speaking.data.reads}`);
  }
  return lines.sort();
}

describe('[R28] [FO16] totals so far', () => {
  it('are at every cut those of the highest version that has happened', async () => {
    const random = seededRandom(testSeed('version rows'));
    let seen = 0;
    for (let round = 0; round < 25; round++) {
      const seed = random.below(1_000_000);
      const events = generateEvents({ seed, count: 400, until: NOW, instants: 12, ids: 2 }).filter(
        ({ type }) => type === 'campaign.engagement',
      );
      const rig = createIngestRig();
      for (const batch of rearranged(events, seed)) {
        await rig.feed(batch);
        rig.clock += 60_000;
      }
      for (let cuts = 0; cuts < 8; cuts++) {
        const asOf = NOW - Math.floor(random.next() * 6 * DAY);
        const knownAt = NOW + random.below(8) * 60_000;
        for (const cut of [{}, { asOf }, { knownAt }, { asOf, knownAt }]) {
          const expected = await byHand(rig, cut);
          expect(summed(rig.ledger, cut), `seed ${seed}, cut ${JSON.stringify(cut)}`).toEqual(expected);
          seen += expected.length;
        }
      }
      rig.store.close();
    }
    expect(seen).toBeGreaterThan(500);
  });

  it('a version that comes behind a higher one tells what was true of its time, and nothing of now', async () => {
    const rig = createIngestRig();
    await rig.feed([told(5, NOW - DAY, 150)]);
    await rig.feed([told(4, NOW - 3 * DAY, 100)]);
    await rig.feed([told(3, NOW - 2 * DAY, 90)]);
    expect(summed(rig.ledger, {})).toEqual([`/social ["C","微博",""] ${NOW - DAY} 150`]);
    expect(summed(rig.ledger, { asOf: NOW - 2 * DAY })).toEqual([`/social ["C","微博",""] ${NOW - 3 * DAY} 100`]);
    expect(rig.ledger.filter(({ family }) => family === 'engagement')).toHaveLength(3);
    rig.store.close();
  });
});
