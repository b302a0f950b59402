/** Leads and their signings in the ledger, held against a count of all leads by hand at every cut. Set SEED to run one seed. */
import { describe, expect, it } from 'vitest';
import type { EventData } from '../../../../shared/events/registry.ts';
import type { FactWithHistory, LeadMembers } from '../../../../server/domain/ledger/members.ts';
import { leadQuality, readLeadQuality } from '../../../../server/domain/ledger/lead-quality.ts';
import type { LedgerRow } from '../../../../server/domain/ledger/row.ts';
import { entityMembers } from '../../../helpers/entity-members.ts';
import { generateEvents, type CloudEvent } from '../../../helpers/event-generator.ts';
import { createIngestRig, NOW, type IngestRig } from '../../../helpers/ingest-rig.ts';
import { seededRandom } from '../../../helpers/random.ts';
import { rearranged } from '../../../helpers/rearranged.ts';
import { factAt, type RecountCut } from '../../../helpers/recount/recount.ts';
import { testSeed } from '../../../helpers/seed.ts';

const DAY = 86_400_000;
const byText = (a: unknown, b: unknown): number => (String(a) < String(b) ? -1 : 1);

const lead = (leadId: string, at: number, more: Partial<EventData<'lead.created'>> = {}, source = '/crm'): CloudEvent => ({
  specversion: '1.0',
  id: `${source} ${leadId} ${more.version ?? 1}`,
  source,
  type: 'lead.created',
  time: new Date(at).toISOString(),
  subject: leadId,
  data: { leadId, version: 1, channel: '抖音', touch: 'paid', reachable: true, contactHash: 'H', ...more },
});
const signed = (leadId: string, at: number, source = '/crm'): CloudEvent => ({
  specversion: '1.0',
  id: `${source} ${leadId} signed`,
  source,
  type: 'lead.signed',
  time: new Date(at).toISOString(),
  subject: leadId,
  data: { leadId, version: 1, customerId: 'K', value: 1 },
});

/** What the rows sum to, as `fact key | quality | within: leads, signed`. */
function summed(rows: readonly LedgerRow[]): string[] {
  const sums = new Map<string, number[]>();
  for (const { family, entity, at, dims, measures } of rows) {
    if (family !== 'leads') continue;
    const key = JSON.stringify([entity, at, dims]);
    const sum = sums.get(key) ?? [0, 0];
    sums.set(
      key,
      sum.map((value, i) => value + (measures[i] ?? 0)),
    );
  }
  return [...sums]
    .filter(([, sum]) => sum.some((value) => value !== 0))
    .map(([key, sum]) => `${key} ${sum.join(' ')}`)
    .sort();
}

/** The same by looking at every lead there is. */
function byHand(leads: readonly LeadMembers[], cut: RecountCut): string[] {
  const at = (facts: readonly FactWithHistory[]) => facts.flatMap((one) => factAt(one, cut) ?? []);
  const standing = leads.flatMap(({ leadId, facts, signings }) => {
    const speaking = at(facts)
      .flatMap((fact) => fact.versions.flatMap((v) => (v.type === 'lead.created' ? [{ fact, v }] : [])))
      .sort((a, b) => b.v.version - a.v.version || (a.fact.source < b.fact.source ? -1 : 1))[0];
    if (!speaking) return [];
    const { fact, v } = speaking;
    const signings_ = at(signings)
      .map(({ key, versions }) => ({ key, at: versions[0]?.occurredAt ?? 0 }))
      .filter((one) => one.at >= v.occurredAt)
      .sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
    return [{ leadId, key: fact.key, created: v.occurredAt, data: v.data, signing: signings_[0] }];
  });
  return standing
    .flatMap((one) => {
      const {
        channel,
        region = null,
        campaignId = null,
        touch,
        contactHash = null,
        customerId = null,
        reachable,
        inArea = true,
      } = one.data;
      const same = standing
        .filter((other) => other.leadId !== one.leadId && contactHash !== null && other.data.contactHash === contactHash)
        .filter((other) => other.created < one.created || (other.created === one.created && other.leadId < one.leadId))
        .map((other) => Math.ceil((one.created - other.created) / DAY));
      const quality = leadQuality({ reachable, inArea, daysSinceSame: same.length === 0 ? null : Math.min(...same) });
      const dims = [channel, region, campaignId, touch, contactHash, customerId, quality];
      const rows = [`${JSON.stringify([one.key, one.created, [...dims, null]])} 1 0`];
      if (one.signing) {
        const within = String(Math.ceil((one.signing.at - one.created) / DAY));
        rows.push(`${JSON.stringify([one.signing.key, one.created, [...dims, within]])} 0 1`);
      }
      return rows;
    })
    .sort();
}

async function everyLead(rig: IngestRig): Promise<LeadMembers[]> {
  const leads = (await entityMembers(rig.store)).flatMap((of) => (of.entity === 'contact' ? of.members.leads : []));
  return [...new Map(leads.map((one) => [one.leadId, one])).values()];
}

describe('[R8] [FO15] rows of leads', () => {
  it('sum to a count by hand as of any instant and as known at any instant', async () => {
    const random = seededRandom(testSeed('lead rows'));
    for (let round = 0; round < 40; round++) {
      const seed = random.below(1_000_000);
      const span = random.chance(0.5) ? 5 * DAY : 200 * DAY;
      const events = generateEvents({ seed, count: 150, until: NOW, spanMs: span, instants: 15, ids: 5 }).filter(({ type }) =>
        type.startsWith('lead.'),
      );
      const rig = createIngestRig();
      for (const batch of rearranged(events, seed)) {
        await rig.feed(batch);
        rig.clock += 60_000;
      }
      const leads = await everyLead(rig);
      const asOf = NOW - Math.floor(random.next() * span);
      const knownAt = NOW + random.below(10) * 60_000;
      for (const cut of [{}, { asOf }, { knownAt }, { asOf, knownAt }]) {
        const within = rig.ledger.filter(({ since, received }) => since <= (cut.asOf ?? Infinity) && received <= (cut.knownAt ?? Infinity));
        expect(summed(within), `seed ${seed}, cut ${JSON.stringify(cut)}`).toEqual(byHand(leads, cut));
      }
      rig.store.close();
    }
  });

  it('a lead that comes late makes the next one of its contact a duplicate, by a join, and no other', async () => {
    const rig = createIngestRig();
    await rig.feed([lead('L1', NOW - 80 * DAY), lead('L3', NOW - 10 * DAY), lead('L4', NOW - 5 * DAY)]);
    rig.clock += 60_000;
    const before = rig.ledger.length;
    await rig.feed([lead('L2', NOW - 20 * DAY), lead('other', NOW - 20 * DAY, { contactHash: 'H2' })]);
    const came = rig.ledger.slice(before).filter(({ family }) => family === 'leads');
    const shown = came.map(({ entity, dims, measures, cause }) => [entity, dims[6], measures[0], cause]);
    expect(shown.sort(byText)).toEqual([
      ['/crm L2', 'reachable inside 60', 1, 'late'],
      ['/crm L3', 'reachable inside 10', 1, 'reattribution'],
      ['/crm L3', 'reachable inside 70', -1, 'reattribution'],
      ['/crm other', 'reachable inside first', 1, 'late'],
    ]);
    rig.store.close();
  });

  it('two leads of one contact at one instant come by id', async () => {
    const rig = createIngestRig();
    await rig.feed([lead('b', NOW - DAY), lead('a', NOW - DAY)]);
    expect(
      rig.ledger
        .filter(({ family }) => family === 'leads')
        .map(({ entity, dims }) => [entity, dims[6]])
        .sort(byText),
    ).toEqual([
      ['/crm a', 'reachable inside first'],
      ['/crm b', 'reachable inside 0'],
    ]);
    rig.store.close();
  });

  it('[R9] a signing stands on the day of the creation, from its own time on; one before the creation is none', async () => {
    const rig = createIngestRig();
    await rig.feed([signed('L1', NOW - DAY), signed('L2', NOW - 9 * DAY), signed('L2', NOW - 2 * DAY + 1, '/b')]);
    await rig.feed([lead('L1', NOW - 3 * DAY), lead('L2', NOW - 5 * DAY, { contactHash: 'H2' })]);
    const rows = rig.ledger.filter(({ family, measures }) => family === 'leads' && measures[1] !== 0);
    expect(rows.map(({ kind, entity, at, since, dims }) => [kind, entity, at, since, dims[7]]).sort(byText)).toEqual([
      ['leadStatus', '/b ["L2","lead.signed"]', NOW - 5 * DAY, NOW - 2 * DAY + 1, '4'],
      ['leadStatus', '/crm ["L1","lead.signed"]', NOW - 3 * DAY, NOW - DAY, '2'],
    ]);
    rig.store.close();
  });

  it('a change of one lead among 3,000 of its contact looks at its neighbours only', async () => {
    const rig = createIngestRig();
    await rig.feed(Array.from({ length: 3_000 }, (_, i) => lead(`L${i}`, NOW - 90 * DAY + i * 1_000)));
    rig.clock += 60_000;
    const before = rig.ledger.length;
    await rig.feed([lead('L1500', NOW - 90 * DAY + 1_500_000, { version: 2, reachable: false, contactHash: 'elsewhere' })]);
    const came = rig.ledger.slice(before).filter(({ family }) => family === 'leads');
    expect(new Set(came.map(({ entity }) => entity))).toEqual(new Set(['/crm L1500']));
    rig.store.close();
  });

  it('what decides validity is read as it was written', () => {
    for (const reachable of [true, false])
      for (const inArea of [true, false])
        for (const daysSinceSame of [null, 0, 90])
          expect(readLeadQuality(leadQuality({ reachable, inArea, daysSinceSame }))).toEqual({ reachable, inArea, daysSinceSame });
  });
});
