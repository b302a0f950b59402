/** What this system sends itself — rounds of the watchdog, drills — is in no figure, trend, list of mentions, count or export. */
import { expect, it } from 'vitest';
import { factTables } from '../../../server/commands/export/fact-tables.ts';
import { kpiDefinitions } from '../../../server/domain/kpis/registry.ts';
import { DRILL_SOURCE, isSynthetic, WATCHDOG_SOURCE } from '../../../server/domain/synthetic.ts';
import { createOwnEvents } from '../../../server/adapters/secrets/own-events.ts';
import { decodeUtf8, encodeUtf8 } from '../../../server/adapters/system/bytes.ts';
import { createDecoder } from '../../../server/pipeline/decode/decode.ts';
import { submitOwn } from '../../../server/compose/watchdog.ts';
import type { DrillReport } from '../../../shared/incidents/drill.ts';
import type { IncidentPage } from '../../../shared/incidents/types.ts';
import { viewNames } from '../../../shared/wire/views/all.ts';
import { eventually } from '../../helpers/war-room.ts';
import { folded, mention, NOON, postEvents, problemOf, raw, type Rig, seed, startRig } from '../adapters/http/rig.ts';

const read = async (rig: Rig, path: string): Promise<unknown> => {
  const answer = await raw(rig, 'GET', path);
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.body}`);
  return JSON.parse(answer.body);
};
/** As the workspace of the rig marks what it sends itself. */
const marksOf = (rig: Rig) => createOwnEvents([Buffer.alloc(32, 7)], rig.store.storeId);
const drill = (rig: Rig) => raw(rig, 'POST', '/api/drills', { 'content-type': 'application/json' }, JSON.stringify({ actor: '林悦' }));
const incidentsOf = async (rig: Rig, state: 'open' | 'closed') =>
  ((await read(rig, `/api/incidents?state=${state}`)) as IncidentPage).incidents;

/** Everything a mention can show itself in, incidents aside. */
async function everything(rig: Rig): Promise<Record<string, unknown>> {
  const kpis = kpiDefinitions.map(({ id }) => id);
  const answers: Record<string, unknown> = {};
  for (const grain of ['day', 'month'] as const) {
    const period = grain === 'day' ? '2026-11-23' : '2026-11';
    for (const id of kpis) {
      const answer = await raw(rig, 'GET', `/api/kpis?grain=${grain}&period=${period}&kpi=${id}`);
      answers[`${grain} ${id}`] = answer.status === 200 ? (JSON.parse(answer.body) as { values: unknown }).values : answer.status;
    }
  }
  const byPlatform = await read(rig, '/api/kpis?grain=day&period=2026-11-23&kpi=net_sentiment&by=platform');
  answers['by platform'] = (byPlatform as { values: unknown }).values;
  answers['explain'] = await read(rig, '/api/kpis/explain?grain=day&period=2026-11-23&kpi=net_sentiment');
  answers['series'] = await read(rig, '/api/kpis/series?kpi=net_sentiment&from=2026-11-20&to=2026-11-23&every=day');
  answers['anomalies'] = ((await read(rig, '/api/anomalies')) as { anomalies?: unknown }).anomalies;
  answers['history'] = await read(rig, '/api/incidents/history-pending');
  answers['quarantine'] = await read(rig, '/api/quarantine');
  answers['slots'] = await rig.store.reads.mentionSlots({ from: NOON - 86_400_000, to: NOON + 86_400_000, stepMs: 86_400_000 });
  // All deadlines of the next two days, as they will count in K25.
  answers['clocks'] = await rig.store.reads.clockCounts({ from: NOON, to: NOON + 172_800_000, asOf: NOON + 172_800_000 });
  answers['streams'] = await rig.store.reads.streams();
  answers['spikes and severity'] = (await incidentsOf(rig, 'open'))
    .filter((one) => !one.drill)
    .map(({ id, severity, mentionCount, reach }) => ({ id, severity, mentionCount, reach }));
  const facts = await rig.store.reads.facts({ kind: 'mention', limit: 100 });
  const table = factTables.find(({ kind }) => kind === 'mention');
  answers['export'] = facts.flatMap(({ fact }) => table?.rows({ fact, history: [] }) ?? []);
  for (const view of viewNames) {
    const { state } = await rig.services.snapshot(view);
    answers[`view ${view}`] = Object.fromEntries(Object.entries(state).filter(([name]) => !/strip|open|recent|incident/i.test(name)));
  }
  return answers;
}

it('a drill and a round of the watchdog change no figure, view, list, count or export', { timeout: 120_000 }, async () => {
  const rig = await startRig();
  await seed(rig);
  const before = await everything(rig);

  expect((await drill(rig)).status).toBe(202);
  const own = submitOwn(rig.services.intake, marksOf(rig).marked, () => rig.now);
  const event = { ...mention('W-1', { storyId: 'w-1' }), source: WATCHDOG_SOURCE, time: new Date(NOON).toISOString() };
  expect(await own([event])).toBe(true);
  await folded(rig);
  expect(await everything(rig)).toEqual(before);

  // The drill is a story people see, marked; the story of the watchdog is in no list.
  const open = await incidentsOf(rig, 'open');
  expect(open.filter((one) => one.drill)).toHaveLength(1);
  expect(open).toHaveLength(2);
  expect(open.find((one) => one.drill)).toMatchObject({ mentionCount: 3, clocks: [{ state: 'armed' }, { state: 'armed' }] });
  expect((await incidentsOf(rig, 'closed')).filter(({ title }) => title.includes('W-1'))).toEqual([]);
});

it('a drill is timed hop by hop and ends at the dry end', async () => {
  const rig = await startRig();
  expect(problemOf(await drill(rig))).toMatchObject({ status: 409, code: 'no_brands' });
  await seed(rig);
  const answer = await drill(rig);
  const { id } = JSON.parse(answer.body) as DrillReport;
  expect(answer.headers['location']).toBe(`/api/drills/${id}`);
  const report = await eventually(
    'a delivered message',
    async () => {
      const now = (await read(rig, `/api/drills/${id}`)) as DrillReport;
      return now.hops.some(({ hop, at }) => hop === 'delivered' && at !== null) ? now : undefined;
    },
    20_000,
  );
  expect(report).toMatchObject({ id, state: 'running', actor: '林悦' });
  const at = new Map(report.hops.map((hop) => [hop.hop, hop.at]));
  expect([at.get('sent'), at.get('claimed'), at.get('closed')]).toEqual([NOON, null, null]);
  for (const hop of ['received', 'opened', 'messageWritten', 'attemptBegun', 'delivered'] as const)
    expect(at.get(hop)).toBeGreaterThanOrEqual(NOON);
  const page = (await read(rig, `/api/messages?incident=${report.incident?.id}`)) as { messages: { dry: boolean; channel: string }[] };
  expect(page.messages.map(({ dry, channel }) => [dry, channel])).toEqual(page.messages.map(() => [true, 'dry']));
  const version = (await incidentsOf(rig, 'open')).find((one) => one.drill)?.version ?? 0;
  const command = { commandId: 'c', expectedVersion: version, actor: '林悦', type: 'false_alarm', reason: '演练结束' } as const;
  await rig.services.incidents.command(report.incident?.id ?? '', command, rig.now);
  expect(await read(rig, `/api/drills/${id}`)).toMatchObject({ state: 'done' });
  expect(problemOf(await raw(rig, 'GET', '/api/drills/nothing')).status).toBe(404);
});

it('only these two sources are the system’s own', async () => {
  expect([WATCHDOG_SOURCE, DRILL_SOURCE, 'urn:warroom', '/monitor'].map(isSynthetic)).toEqual([true, true, false, false]);
  const rig = await startRig();
  await seed(rig);
  const held = async () => (await incidentsOf(rig, 'open')).reduce((sum, { mentionCount }) => sum + mentionCount, 0);
  const before = await held();
  await postEvents(rig, JSON.stringify({ ...mention('M-9'), source: 'urn:warroom' }));
  await folded(rig);
  expect(await held()).toBe(before + 1);
});

it('nobody else can hide a mention by a source of the system', async () => {
  const rig = await startRig();
  await seed(rig);
  await folded(rig);
  const facts = async () => (await rig.store.reads.facts({ kind: 'mention', limit: 100 })).length;
  const before = await facts();
  for (const source of [WATCHDOG_SOURCE, DRILL_SOURCE, 'urn:warroom:other']) {
    const answer = await postEvents(rig, JSON.stringify({ ...mention('H-1'), source }));
    expect(JSON.parse(answer.body)).toMatchObject({ results: [{ outcome: 'rejected', code: 'reserved_source', path: 'source' }] });
  }
  await folded(rig);
  expect(await facts()).toBe(before);
});

it('an event of the system is known by its mark, whole and of this store only', () => {
  const keys = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const own = createOwnEvents(keys, 'store-1');
  const event = { ...mention('K-1'), source: WATCHDOG_SOURCE, time: new Date(NOON).toISOString() };
  const decode = createDecoder({ currency: 'CNY', decodeUtf8, isOwn: own.isOwn });
  const read = (given: object) => decode(encodeUtf8(JSON.stringify(given)), {}, NOON);
  const marked = own.marked(event);
  expect(read(marked).ok).toBe(true);
  // A key that was replaced still tells what it marked.
  expect(read(createOwnEvents([Buffer.alloc(32, 2)], 'store-1').marked(event)).ok).toBe(true);
  for (const forged of [
    event,
    { ...event, warroommark: '' },
    { ...marked, id: 'another' },
    { ...marked, data: mention('K-2')['data'] },
    createOwnEvents(keys, 'store-2').marked(event),
  ])
    expect(read(forged)).toMatchObject({ ok: false, rejection: { code: 'reserved_source' } });
});
