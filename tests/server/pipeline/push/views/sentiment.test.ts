/** The view of the 舆情 scene over the real line and store, and its figures against GET /api/kpis of the same moment. */
import { afterEach, expect, it } from 'vitest';
import { createSentimentView } from '../../../../../server/pipeline/push/views/sentiment.ts';
import { createKpiService } from '../../../../../server/pipeline/services/kpis.ts';
import { sentimentState } from '../../../../../shared/wire/views/sentiment.ts';
import { generateEvents } from '../../../../helpers/event-generator.ts';
import { event, openLine, type Line } from '../../../../helpers/line.ts';
import { noAnomalies } from '../../../../helpers/no-anomalies.ts';
import { nodesOf } from '../../../../helpers/nodes.ts';
import { seededRandom } from '../../../../helpers/random.ts';
import { testSeed } from '../../../../helpers/seed.ts';

const NOW = '2026-11-23T14:30:00+08:00';
const HOUR = 3_600_000;
let line: Line | undefined;
afterEach(() => line?.close());

async function opened(own: readonly string[]) {
  const made = await openLine({ now: NOW });
  line = made;
  const now = made.clock.now();
  await made.store.write((tx) =>
    tx.putPolicy('brands', { value: { own, tracked: [] }, owner: 'o', reason: 'r', effectiveFrom: now, setAt: now }),
  );
  const parts = { reads: made.store.reads, calendar: made.calendar, clock: made.clock };
  const view = createSentimentView({ ...parts, sums: made.sums, anomalies: noAnomalies, nodesOf });
  return { made, view, api: createKpiService({ ...parts, ledger: made.ledger }) };
}

let number = 0;
const mention = (time: string, platform: string, rest: object = {}) =>
  event('sentiment.mention', time, {
    mentionId: `m-${++number}`,
    version: 1,
    platform,
    brand: '山澜',
    text: '…',
    label: 'negative',
    ...rest,
  });

it('an empty workspace has every group, and fits the schema', async () => {
  const { view } = await opened([]);
  const state = Object.fromEntries(await Promise.all(view.groups.map(async (group) => [group, await view.read(group)])));
  expect(sentimentState.parse(state)).toMatchObject({
    nearest: null,
    calls: { incidentId: null, rows: [], rosterSet: false },
    pulse: { brands: [], today: null, fall: null },
    heat: { rows: [], total: 0 },
    spread: { story: null, rows: [], rest: null, total: 0 },
    strip: { cells: [], praise: null },
  });
});

it('the nearest story, who is called about it and where it spreads; then the calm, with the answer praised', async () => {
  const { made, view } = await opened(['山澜']);
  const story = { storyId: 'S-1', title: 'X5 漏水', keywords: ['漏水'] };
  await made.ingest([
    mention('2026-11-23T13:50:00+08:00', '小红书', { ...story, reach: 100, detectedAt: '2026-11-23T14:00:00+08:00' }),
    ...Array.from({ length: 3 }, () => mention('2026-11-23T14:20:00+08:00', '抖音', { ...story, reach: 1_000 })),
    mention('2026-11-23T14:01:00+08:00', '微博', story),
  ]);
  const nearest = await view.read('nearest');
  expect(nearest).toMatchObject({
    cell: { title: 'X5 漏水', status: 'open' },
    mentions: 5,
    reach: 3_100,
    firstSeen: '小红书',
    movedTo: '抖音',
  });
  expect(await view.read('spread')).toMatchObject({
    story: { incidentId: nearest?.cell.incidentId, title: 'X5 漏水' },
    rows: [
      { platform: '抖音', mentions: 3, recent: 3 },
      { platform: '小红书', mentions: 1, recent: 0 },
      { platform: '微博', mentions: 1, recent: 0 },
    ],
    ...{ rest: null, total: 5 },
  });
  const calls = await view.read('calls');
  expect(calls).toMatchObject({ incidentId: nearest?.cell.incidentId, rosterSet: false });
  // Nobody is on the roster: the steps to come say so.
  expect(calls.rows.filter(({ state }) => state === 'planned').every(({ who, reachable }) => who === null && !reachable)).toBe(true);
  expect(await view.read('heat')).toEqual({ rows: [{ keyword: '漏水', mentions: 5, negative: 5, usual: null }], total: 1 });
  expect((await view.read('strip')).today).toEqual({ begun: 1, answered: 0, late: 0 });
});

it('[K17] net sentiment of today is that of GET /api/kpis; the bars add up to the day', async () => {
  const seed = testSeed('talk figures');
  const random = seededRandom(seed);
  const { made, view, api } = await opened(['山澜', '铂域']);
  let known = 0;
  for (let step = 0; step < 12; step += 1) {
    const now = made.clock.now();
    const spanMs = random.pick([6 * HOUR, 30 * HOUR]);
    const events = generateEvents({ seed: random.below(1e9), count: 60, until: now, spanMs, instants: 400, ids: 300 });
    await made.ingest([
      ...events.filter(({ type }) => type.startsWith('sentiment')),
      ...Array.from({ length: 8 }, (_, i) =>
        mention(new Date(now - random.below(12 * HOUR)).toISOString(), '微博', { label: i % 3 === 0 ? 'negative' : 'positive' }),
      ),
    ]);
    const pulse = await view.read('pulse');
    const period = made.calendar.formatDay(made.calendar.dayOf(now));
    const answer = await api.query({ grain: 'day', period, kpis: ['net_sentiment'], by: null, where: [], asOf: null, knownAt: null });
    if ('refused' in answer) throw new Error(answer.detail);
    expect(pulse.today).toBe(answer.values[0]?.value);
    if (pulse.today !== null) known += 1;
    expect(pulse.slots.reduce((sum, { positive }) => sum + positive, 0)).toBe(pulse.lastDay.positive);
    expect(pulse.slots.reduce((sum, { negative }) => sum + negative, 0)).toBe(pulse.lastDay.negative);
    made.at(now + random.below(2 * HOUR));
  }
  expect(known).toBeGreaterThan(0);
});

it('reads the story again for stories and their mentions, talk for mentions, all of it for rules', async () => {
  const { view } = await opened([]);
  expect([...view.affectedBy('incidents')].toSorted()).toEqual(['calls', 'nearest', 'spread', 'strip']);
  expect([...view.affectedBy('incidentMentions')].toSorted()).toEqual(['nearest', 'spread']);
  expect([...view.affectedBy('mentions')].toSorted()).toEqual(['heat', 'pulse', 'spread', 'strip']);
  expect([...view.affectedBy('policies')].toSorted()).toEqual([...view.groups].toSorted());
  expect(view.affectedBy('sales')).toEqual([]);
});
