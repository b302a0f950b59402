/** The real server on a machine whose clock is wrong: ahead, behind, from the start and while it runs. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClockView, IncidentDetail, IncidentView } from '../../shared/incidents/types.ts';
import { shiftedRoom, type ShiftedRoom } from '../helpers/shifted-room.ts';
import { eventually, type WarRoom } from '../helpers/war-room.ts';

const minute = 60_000;
const hour = 60 * minute;
const who = { owner: '测试', reason: '演练' };
/** The server's look once a second, and what its clock and that of this process differ by. */
const SLACK_MS = 5_000;
const RESPONSE_MS = 15_000;
/** An instant that the server tells lies between two that this process read, before and after what happened then. */
function expectBetween(from: number, instant: number, until: number): void {
  expect(instant).toBeGreaterThan(from - SLACK_MS);
  expect(instant).toBeLessThan(until + SLACK_MS);
}

let room: WarRoom;
let shift: ShiftedRoom['shift'];
let dispose: ShiftedRoom['dispose'];
beforeEach(async () => {
  ({ room, shift, dispose } = await shiftedRoom());
});
afterEach(() => dispose());

async function startWith(responseMs: number): Promise<void> {
  await room.start();
  await room.send('PUT', '/api/policies/brands', { value: { own: ['山澜'], tracked: [] }, ...who });
  await room.send('PUT', '/api/policies/sla', { value: { responseMs, disposalMs: 48 * hour }, ...who });
}

/** Posts a negative mention published now by the clock on people's wrists, and resolves to its outcome. */
async function publish(id: string, more: { detectedAt?: string } = {}, time = Date.now()): Promise<string | undefined> {
  const event = {
    ...{ specversion: '1.0', id: `e-${id}`, source: '/test/monitor', type: 'sentiment.mention', time: new Date(time).toISOString() },
    data: { mentionId: id, version: 1, platform: '小红书', brand: '山澜', storyId: id, text: '异响', label: 'negative', ...more },
  };
  const { body } = await room.send<{ results: { outcome: string }[] }>('POST', '/api/events', event, 'application/cloudevents+json');
  return body.results[0]?.outcome;
}

const incidents = () => room.get<{ incidents: IncidentView[] }>('/api/incidents').then((answer) => answer.incidents);
const opened = (count: number) =>
  eventually(`${count} open stories`, async () => ((await incidents()).length === count ? incidents() : undefined), 120_000);
const detail = (id: string) => room.get<IncidentDetail>(`/api/incidents/${id}`);
const response = (incident: IncidentView | undefined): ClockView => {
  const clock = incident?.clocks.find(({ name }) => name === 'response');
  if (!clock) throw new Error('no response clock');
  return clock;
};
async function reasons(): Promise<string[]> {
  const answer = await fetch(`${room.url}/readyz`);
  return ((await answer.json()) as { reasons: { code: string }[] }).reasons.map(({ code }) => code);
}
const actions = async (id: string) => (await detail(id)).audit.map(({ action }) => action);

describe('[T8] a wrong clock', () => {
  it('ahead when a story opens, then set right: its deadline is where elapsed time puts it, and fires once', async () => {
    shift(70 * minute);
    await startWith(RESPONSE_MS);
    const born = Date.now();
    expect(await publish('m1')).toBe('accepted');
    const [wrong] = await opened(1);
    const known = Date.now();
    expect(response(wrong).dueAt - born).toBeGreaterThan(hour);
    shift(0);
    const id = wrong?.id ?? '';
    const right = await eventually(
      'the corrected deadline',
      async () => ((await actions(id)).includes('clock_corrected') ? detail(id) : undefined),
      120_000,
    );
    expectBetween(born, response(right).dueAt - RESPONSE_MS, known);
    for (const stamp of [right.openedAt, right.hops.detectedAt, right.hops.receivedAt, right.hops.classifiedAt])
      expectBetween(born, stamp, known);
    await eventually('the breach', async () => ((await actions(id)).includes('clock_fired') ? true : undefined), 120_000);
    expect(Date.now()).toBeGreaterThanOrEqual(response(right).dueAt);
    expect((await actions(id)).filter((action) => action === 'clock_fired')).toHaveLength(1);
  });

  it('hours ahead at a start: two-hour deadlines wait, and are none the worse when the clock is set right', async () => {
    await startWith(2 * hour);
    await publish('m1');
    const [story] = await opened(1);
    const { dueAt } = response(story);
    await room.kill('SIGKILL');
    shift(200 * minute);
    await room.start();
    await eventually(
      'two looks at the deadlines',
      async () => (/the clock of this machine stepped/.test(room.output()) ? true : undefined),
      120_000,
    );
    expect(await publish('m2')).toBe('accepted');
    await opened(2);
    expect(response(await detail(story?.id ?? ''))).toMatchObject({ state: 'armed', dueAt });
    await room.kill('SIGTERM');
    shift(0);
    await room.start();
    const both = await eventually(
      'the correction',
      async () => {
        const all = await incidents();
        return all.every((incident) => Math.abs(response(incident).dueAt - dueAt) < 10 * minute) ? all : undefined;
      },
      120_000,
    );
    expect(both.map((incident) => response(incident).state)).toEqual(['armed', 'armed']);
    expect(response(both.find(({ id }) => id === story?.id)).dueAt).toBe(dueAt);
    // The story told under the wrong clock was received minutes after the other one, not hours.
    const [one, other] = both.map(({ hops }) => hops.receivedAt);
    expect(Math.abs((one ?? 0) - (other ?? Infinity))).toBeLessThan(10 * minute);
  });

  it('three days ahead: no alert is lost, whether the step was noticed or the clock was wrong from the first start', async () => {
    shift(72 * hour);
    await startWith(2 * hour);
    const born = Date.now();
    expect(await publish('m1')).toBe('accepted');
    const waiting = () => room.get<{ total: number }>('/api/incidents/history-pending').then(({ total }) => total);
    await eventually('the mention among the old ones', async () => ((await waiting()) === 1 ? true : undefined), 120_000);
    await room.kill('SIGTERM');
    shift(0);
    await room.start();
    const [first] = await opened(1);
    expectBetween(born, response(first).dueAt - 2 * hour, Date.now());
    expect(await waiting()).toBe(0);
    shift(72 * hour);
    await eventually('the step', async () => (/"stepMs":2\d{8}/.test(room.output()) ? true : undefined), 120_000);
    expect(await publish('m2')).toBe('accepted');
    await opened(2);
  });

  it('behind the store at a start: red with its reason, no source is blamed, and what was opened is due in two hours', async () => {
    await startWith(2 * hour);
    await publish('m1');
    const [first] = await opened(1);
    await room.kill('SIGKILL');
    shift(-95 * minute);
    await room.start();
    await eventually('the reason', async () => ((await reasons()).includes('clock_behind_store') ? true : undefined), 120_000);
    const born = Date.now();
    expect(await publish('m2')).toBe('accepted');
    const second = (await opened(2)).find(({ id }) => id !== first?.id);
    const known = Date.now();
    expect((await detail(second?.id ?? '')).audit[0]?.detail['clockBehindMs']).toBeGreaterThan(hour);
    shift(0);
    await eventually('ready again', async () => ((await reasons()).length === 0 ? true : undefined), 120_000);
    const after = await detail(second?.id ?? '');
    expectBetween(born, response(after).dueAt - 2 * hour, known);
    // The machine tells its uptime in hundredths of a second.
    expect(Math.abs(response(await detail(first?.id ?? '')).dueAt - response(first).dueAt)).toBeLessThan(100);
  });

  it('three days behind at the first start, then set right: what lay in the future only by that clock is taken up by itself, once', async () => {
    shift(-72 * hour);
    await startWith(2 * hour);
    const born = Date.now();
    expect(await publish('m1', { detectedAt: new Date(born).toISOString() })).toBe('quarantined');
    const known = Date.now();
    expect(await publish('m2', {}, born + 10 * minute)).toBe('quarantined');
    shift(0);
    const [story] = await opened(1);
    expectBetween(born, response(story).dueAt - 2 * hour, known);
    expect(Math.abs((story?.hops.receivedAt ?? 0) - Date.now())).toBeLessThan(minute);
    const held = () =>
      room
        .get<{ rows: { eventId: string; state: string; closedBy: string | null }[] }>('/api/quarantine')
        .then(({ rows }) => rows.map(({ eventId, state, closedBy }) => [eventId, state, closedBy]));
    const settled = [
      ['e-m2', 'open', null],
      ['e-m1', 'replayed', 'system'],
    ];
    await expect.poll(held).toEqual(settled);
    await room.kill('SIGKILL');
    await room.start();
    expect(await publish('m3')).toBe('accepted');
    await opened(2);
    expect(await held()).toEqual(settled);
    expect((await detail(story?.id ?? '')).mentions).toHaveLength(1);
  });
});
