/** [TX3] A brand in another spelling is the same brand to the clocks, the KPIs, the wall and what waits for a decision. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIncidentService } from '../../../../server/pipeline/services/incidents.ts';
import { dutiesAfterBrands } from '../../../../server/pipeline/services/duties-after-brands.ts';
import { createKpiService } from '../../../../server/pipeline/services/kpis.ts';
import { createPolicyService } from '../../../../server/pipeline/services/policies.ts';
import { isRefusal } from '../../../../server/pipeline/ports/refusal.ts';
import { createOverviewView } from '../../../../server/pipeline/push/views/overview.ts';
import { createCommit } from '../../../../server/pipeline/ports/commit.ts';
import { incidentBatch } from '../../../../server/pipeline/incidents/batch.ts';
import { decideOpening } from '../../../../server/domain/incidents/decide-mentions.ts';
import type { EventData } from '../../../../shared/events/registry.ts';
import { event, openLine, type Line } from '../../../helpers/line.ts';
import { noAnomalies } from '../../../helpers/no-anomalies.ts';
import { nodesOf } from '../../../helpers/nodes.ts';

const NOW = '2026-11-23T14:00:00+08:00';
const HOUR_AGO = '2026-11-23T13:20:00+08:00';
/** One brand as sources and people write it. */
const spellings = ['Nescafé', 'Nescafe\u0301 ', '\u3000NESCAFÉ', 'nes\u200bcafé', 'Ｎｅｓｃａｆé'] as const;

let line: Line;
beforeEach(async () => {
  line = await openLine({ now: NOW });
});
afterEach(() => line.close());

type Mention = EventData<'sentiment.mention'>;
let serial = 0;
const mention = (brand: string, more: Partial<Mention> = {}, time = HOUR_AGO) =>
  event('sentiment.mention', time, {
    mentionId: `m-${++serial}`,
    version: 1,
    platform: '小红书',
    brand,
    text: '胶囊发霉',
    label: 'negative',
    detectedAt: time,
    ...more,
  });
const own = (...names: string[]) => ({ own: names, tracked: ['Lavazza'] });
const setBrands = (value: { own: string[]; tracked: string[] }) => {
  const at = line.clock.now();
  return line.store.write((tx) => tx.putPolicy('brands', { value, owner: '品牌部', reason: '自有', effectiveFrom: at, setAt: at }));
};
const open = async () => (await line.store.reads.incidents({ open: true, limit: 100, after: null })).rows;
const policies = () =>
  createPolicyService({
    reads: line.store.reads,
    calendar: line.calendar,
    clock: line.clock,
    commit: createCommit(line.store, line.clock, () => undefined),
    followUps: { brands: dutiesAfterBrands(line.calendar) },
  });

describe('[TX3] mentions of an own brand in any spelling', () => {
  it('open clocks, one story for all spellings', async () => {
    await setBrands(own('Nescafé'));
    for (const brand of spellings) await line.ingest([mention(brand), mention(brand, { storyId: 'S' })]);
    const incidents = await open();
    // One story, and the scattered complaints of one topic.
    expect(incidents.map(({ kind, mentionCount }) => `${kind} ${String(mentionCount)}`).sort()).toEqual(['daily 5', 'story 5']);
  });

  it('count in net sentiment, share of voice and on the wall', async () => {
    await setBrands(own('nescafé'));
    await line.ingest([
      ...spellings.flatMap((brand) => Array.from({ length: 7 }, () => mention(brand, { keywords: ['发霉'] }))),
      ...Array.from({ length: 5 }, () => mention('LAVAZZA\u200d')),
      ...Array.from({ length: 9 }, () => mention('illy', { keywords: ['香'] })),
    ]);
    const kpis = createKpiService({ reads: line.store.reads, ledger: line.ledger, calendar: line.calendar, clock: line.clock });
    const answer = await kpis.query({
      ...{ grain: 'day', period: '2026-11-23', kpis: ['net_sentiment', 'share_of_voice'] },
      ...{ by: null, where: [], asOf: null, knownAt: null },
    });
    if (isRefusal(answer)) throw new Error(answer.detail);
    expect(answer.values.map(({ value, sample }) => [value, sample])).toEqual([
      [-1, 35],
      [35 / 40, 40],
    ]);
    const wall = createOverviewView({
      reads: line.store.reads,
      sums: line.sums,
      anomalies: noAnomalies,
      nodesOf,
      calendar: line.calendar,
      clock: line.clock,
    });
    expect(await wall.read('sentiment')).toMatchObject({ lastHour: { negative: 35 }, shareOfVoice: 35 / 40 });
    expect(await wall.read('keywords')).toMatchObject([{ keyword: '发霉', mentions: 35 }]);
    await line.ingest([
      event('competitor.move', HOUR_AGO, {
        moveId: 'c1',
        version: 1,
        competitor: 'ｌａｖａｚｚａ',
        kind: 'price',
        title: 't',
        impact: 'low',
      }),
      event('competitor.move', NOW, { moveId: 'c2', version: 1, competitor: 'illy', kind: 'price', title: 't', impact: 'low' }),
    ]);
    expect(JSON.stringify(await wall.read('competitors'))).toMatch(/c1.*c2/);
  });

  it('wait for a decision when they are old, and open by a person’s command', async () => {
    await setBrands(own('NESCAFÉ'));
    await line.ingest(spellings.map((brand) => mention(brand, {}, '2026-11-20T10:00:00+08:00')));
    const { total, rows } = await line.store.reads.pendingHistory({ limit: 10, after: null });
    expect([total, new Set(rows.map((row) => row.brand)).size]).toEqual([5, 5]);
    const commit = createCommit(line.store, line.clock, () => undefined);
    const service = createIncidentService({
      reads: line.store.reads,
      commit,
      calendar: line.calendar,
      clock: line.clock,
      exposure: async () => undefined,
    });
    await service.openHistory(rows[0]?.key ?? '', { commandId: 'c', actor: '林悦' }, line.clock.now());
    expect((await open()).length).toBe(1);
  });

  it('open clocks when the brand becomes an own one later', async () => {
    await line.ingest(spellings.map((brand, i) => mention(brand, { storyId: `S${String(i)}` })));
    expect(await open()).toEqual([]);
    expect(await policies().put('brands', { value: own('NESCAFÉ\u00a0'), owner: '品牌部', reason: '自有' })).toMatchObject({ version: 1 });
    expect((await open()).length).toBe(5);
  });

  it('join a story that an earlier version filed under the brand’s own spelling', async () => {
    await setBrands(own('Nescafé'));
    await line.store.write(async (tx) => {
      const [number = 1] = await tx.takeIncidentNumbers(1);
      const at = line.clock.now() - 60_000;
      const first = {
        key: '/test old',
        brand: 'Nescafé',
        storyId: 'S',
        title: '发霉',
        platform: '微博',
        reach: 0,
        publishedAt: at,
        detectedAt: at,
        receivedAt: at,
        classifiedAt: at,
        dutyAt: at,
      };
      const sla = { responseMs: 7_200_000, disposalMs: 86_400_000 };
      const batch = incidentBatch();
      batch.add('i1', undefined, decideOpening([first], { now: at, sla, id: 'i1', storyKey: 'story ["Nescafé","S"]', number }));
      await batch.write(tx);
    });
    await line.ingest([mention('nescafe\u0301', { storyId: 'S' }), mention('Nescafé', { storyId: 'S' })]);
    expect((await open()).map(({ id }) => id)).toEqual(['i1']);
    expect(((await line.store.reads.audit('i1', { limit: 10, after: null }))?.rows ?? []).map((one) => one.action)).toContain(
      'mention_added',
    );
  });
});

describe('[TX3] the list of brands', () => {
  it.each([
    [{ own: ['山澜', '山澜\u200b'], tracked: [] }, 'value.own[1]'],
    [{ own: ['illy'], tracked: ['Lavazza', 'ILLY '] }, 'value.tracked[1]'],
    [{ own: ['a'], tracked: ['Weiß', 'WEISS'] }, 'value.tracked[1]'],
    [{ own: ['\u200b\u2060'], tracked: [] }, 'value.own[0]'],
    [{ own: ['x'.repeat(81)], tracked: [] }, 'value.own[0]'],
  ])('refuses %j', async (value, path) => {
    expect(await policies().put('brands', { value, owner: '品牌部', reason: '自有' })).toMatchObject({ code: 'invalid_policy', path });
  });

  it('takes names of 80 characters, whatever their size', async () => {
    const value = { own: ['𠮷'.repeat(80), '𠮷'.repeat(79)], tracked: [] };
    expect(await policies().put('brands', { value, owner: '品牌部', reason: '自有' })).toMatchObject({ version: 1, value });
  });
});
