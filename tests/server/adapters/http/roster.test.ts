import { describe, expect, it } from 'vitest';
import { createSecretBox } from '../../../../server/adapters/secrets/secret-box.ts';
import { folded, mention, NOON, postEvents, problemOf, raw, startRig, type RawAnswer, type Rig } from './rig.ts';

const json = { 'content-type': 'application/json' };
const get = (rig: Rig, path: string) => raw(rig, 'GET', path);
const send = (rig: Rig, method: 'POST' | 'PUT', path: string, body: unknown) => raw(rig, method, path, json, JSON.stringify(body));
function body<T>(answer: RawAnswer): T {
  if (answer.status !== 200) throw new Error(`expected 200, got ${answer.status}: ${answer.body}`);
  return JSON.parse(answer.body);
}
const hour = 3_600_000;
const at = (hours: number) => new Date(NOON + hours * hour).toISOString();
const person = (id: string, name: string) => ({ id, name, roles: ['duty', 'backup'], contacts: [{ channel: 'wecom' }] });
const people = [person('lin', '林悦'), person('chen', '陈放')];
const wecom = { id: 'wecom', kind: 'wecom', url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k', enabled: true };
const setChannels = (rig: Rig, ...channels: readonly object[]) => send(rig, 'PUT', '/api/channels', { channels });
async function startWithChannel(): Promise<Rig> {
  const rig = await startRig();
  body(await setChannels(rig, wecom));
  return rig;
}
const set = (rig: Rig, name: string, value: unknown) => send(rig, 'PUT', `/api/policies/${name}`, { value, owner: '林悦', reason: '排班' });

// What stands in server/adapters/http/routes/roster.ts.
describe('/api/roster', () => {
  it('[ES6] gaps are listed for every role the ladder calls, as far ahead as asked', async () => {
    const rig = await startWithChannel();
    await set(rig, 'ladder', {
      steps: [
        { afterMs: 0, when: 'always', to: ['duty'] },
        { afterMs: 60_000, when: 'unclaimed', to: ['backup'] },
      ],
    });
    await set(rig, 'roster', {
      people,
      shifts: [
        { role: 'duty', person: 'lin', from: at(-1), to: at(6) },
        { role: 'duty', person: 'chen', from: at(8), to: at(48) },
        { role: 'backup', person: 'chen', from: at(-1), to: at(24) },
      ],
    });
    const gap = (role: string, from: number, to: number) => ({ role, from: NOON + from * hour, to: NOON + to * hour });
    expect(body(await get(rig, '/api/roster/gaps?days=1'))).toEqual({
      ...{ from: NOON, to: NOON + 24 * hour, roles: ['duty', 'backup'] },
      ...{ gaps: [gap('duty', 6, 8)], contacts: [], total: 1, next: null },
    });
    expect(body(await get(rig, '/api/roster/gaps'))).toMatchObject({
      to: NOON + 14 * 24 * hour,
      gaps: [gap('duty', 6, 8), gap('duty', 48, 14 * 24), gap('backup', 24, 14 * 24)],
    });
    for (const days of ['0', '91', '1.5', 'x'])
      expect(problemOf(await get(rig, `/api/roster/gaps?days=${days}`))).toMatchObject({ status: 400, path: 'days' });
  });

  it('a roster is refused with the field at fault, and its history holds no rosters', async () => {
    const rig = await startWithChannel();
    const shifts = [{ role: 'lead', person: 'lin', from: at(0), to: at(8) }];
    expect(problemOf(await set(rig, 'roster', { people, shifts }))).toMatchObject({
      status: 400,
      code: 'invalid_policy',
      path: 'value.shifts[0].role',
    });
    await set(rig, 'roster', { people, shifts: [] });
    expect(body(await get(rig, '/api/policies/roster'))).toMatchObject({
      version: 1,
      value: { people, shifts: [] },
      history: [{ version: 1, value: null, owner: '林悦' }],
    });
  });

  it('[ES9] a contact of a channel that does not exist is refused, with the channels there are', async () => {
    const rig = await startRig();
    const refused = problemOf(await set(rig, 'roster', { people, shifts: [] }));
    expect(refused).toMatchObject({ status: 422, code: 'unknown_channel', path: 'value.people[0].contacts[0].channel' });
    expect(refused.detail).toContain('there are none yet');
    body(await setChannels(rig, wecom, { ...wecom, id: 'mail-group' }));
    const wrong = [...people, { ...person('zhou', '周屿'), contacts: [{ channel: 'wecom' }, { channel: 'mail-groop' }] }];
    const named = problemOf(await set(rig, 'roster', { people: wrong, shifts: [] }));
    expect(named).toMatchObject({ code: 'unknown_channel', path: 'value.people[2].contacts[1].channel' });
    expect(named.detail).toBe('a contact of 周屿 names the channel “mail-groop”, which does not exist; there are: wecom, mail-group');
    expect(body(await get(rig, '/api/policies/roster'))).toMatchObject({ version: 0 });
    body(await set(rig, 'roster', { people, shifts: [] }));
  });

  it('[ES9] a channel that people are reached by cannot be removed, but disabled', async () => {
    const rig = await startWithChannel();
    body(await set(rig, 'roster', { people, shifts: [] }));
    const refused = problemOf(await setChannels(rig, { ...wecom, id: 'other' }));
    expect(refused).toMatchObject({ status: 422, code: 'channel_in_use', path: 'channels' });
    expect(refused.detail).toContain('“wecom” is a contact of 林悦, 陈放 in the roster');
    const ids = async () => body<{ channels: { id: string; enabled: boolean }[] }>(await get(rig, '/api/channels')).channels;
    expect(await ids()).toMatchObject([{ id: 'wecom', enabled: true }]);
    body(await setChannels(rig, { ...wecom, enabled: false }));
    body(await set(rig, 'roster', { people: people.map((one) => ({ ...one, contacts: [] })), shifts: [] }));
    body(await setChannels(rig));
    expect(await ids()).toEqual([]);
  });

  it('[ES9] a contact that was stored without its channel is told with the gaps', async () => {
    const rig = await startWithChannel();
    body(await set(rig, 'roster', { people, shifts: [] }));
    await rig.store.write((tx) => tx.putChannels([], NOON));
    expect(body<{ contacts: unknown }>(await get(rig, '/api/roster/gaps')).contacts).toEqual([
      { person: 'lin', name: '林悦', channel: 'wecom', off: false, unreadable: false },
      { person: 'chen', name: '陈放', channel: 'wecom', off: false, unreadable: false },
    ]);
  });

  it('[ES6] [ES9] people whose only channel is switched off leave a gap, here and on every screen', async () => {
    const rig = await startWithChannel();
    const mail = { ...wecom, id: 'night' };
    body(await setChannels(rig, wecom, mail));
    const night = { ...person('zhou', '周屿'), contacts: [{ channel: 'night' }] };
    const shifts = [
      { role: 'duty', person: 'lin', from: at(-1), to: at(30) },
      { role: 'duty', person: 'zhou', from: at(30), to: at(200) },
    ];
    body(await set(rig, 'roster', { people: [...people, night], shifts }));
    const duty = async () => {
      const { gaps, contacts } = body<{ gaps: { role: string; from: number; to: number }[]; contacts: unknown }>(
        await get(rig, '/api/roster/gaps?days=7'),
      );
      return { gaps: gaps.filter(({ role }) => role === 'duty').map(({ from, to }) => [from, to]), contacts };
    };
    expect(await duty()).toEqual({ gaps: [], contacts: [] });
    expect(await rig.store.reads.nextRosterGap()).toBeNull();
    body(await setChannels(rig, wecom, { ...mail, enabled: false }));
    expect(await duty()).toEqual({
      gaps: [[NOON + 30 * hour, NOON + 168 * hour]],
      contacts: [{ person: 'zhou', name: '周屿', channel: 'night', off: true, unreadable: false }],
    });
    expect(await rig.store.reads.nextRosterGap()).toEqual({ from: NOON + 30 * hour, to: NOON + 168 * hour, more: 0 });
  });

  it('[ES2] [ES6] [ES9] so do people whose only channel cannot be read, until it is set anew', async () => {
    const rig = await startWithChannel();
    const night = { ...wecom, id: 'night' };
    body(await setChannels(rig, wecom, night));
    const zhou = { ...person('zhou', '周屿'), contacts: [{ channel: 'night' }] };
    const shifts = [
      { role: 'duty', person: 'zhou', from: at(-1), to: at(200) },
      { role: 'backup', person: 'chen', from: at(-1), to: at(200) },
    ];
    body(await set(rig, 'roster', { people: [...people, zhou], shifts }));
    await set(rig, 'brands', { own: ['山澜'], tracked: [] });
    const rosterGaps = async () => body<{ gaps: { role: string }[]; contacts: unknown }>(await get(rig, '/api/roster/gaps?days=7'));
    const sealed = createSecretBox([Buffer.alloc(32, 8)]).seal('{}', 'channel night wecom');
    const lost = (await rig.store.reads.channels()).map((row) => (row.id === 'night' ? { ...row, sealed } : row));
    await rig.store.write((tx) => tx.putChannels(lost, NOON));
    expect(await rosterGaps()).toMatchObject({
      gaps: expect.arrayContaining([expect.objectContaining({ role: 'duty', from: NOON })]),
      contacts: [{ person: 'zhou', name: '周屿', channel: 'night', off: true, unreadable: true }],
    });
    expect(await rig.store.reads.nextRosterGap()).toMatchObject({ from: NOON });
    const calledFor = async (id: string) => {
      await postEvents(rig, JSON.stringify(mention(id)));
      await folded(rig);
      const { incidents } = body<{ incidents: { id: string }[] }>(await get(rig, '/api/incidents'));
      const story = await rig.store.reads.incident(incidents[0]?.id ?? '');
      return story?.audit.filter(({ action }) => action === 'escalated').map(({ detail }) => detail);
    };
    expect(await calledFor('M-1')).toMatchObject([{ people: ['周屿', '陈放'], nobodyFor: ['duty'], roles: ['backup'] }]);
    body(await setChannels(rig, wecom, night));
    const mended = await rosterGaps();
    expect([mended.contacts, mended.gaps.filter(({ role }) => role === 'duty')]).toEqual([[], []]);
    expect(await rig.store.reads.nextRosterGap()).toBeNull();
  });

  it('[ES5] a story says who is called next', async () => {
    const rig = await startWithChannel();
    await set(rig, 'brands', { own: ['山澜'], tracked: [] });
    await set(rig, 'roster', { people, shifts: [{ role: 'backup', person: 'chen', from: at(-24), to: at(24) }] });
    await postEvents(rig, JSON.stringify(mention('M-1')));
    await folded(rig);
    const list = body<{ incidents: { next: unknown; clocks: { startedAt: number }[] }[] }>(await get(rig, '/api/incidents'));
    const [story] = list.incidents;
    expect(story?.next).toEqual({ at: (story?.clocks[0]?.startedAt ?? 0) + 15 * 60_000, roles: ['backup'], people: ['陈放'] });
  });

  it('a weekly pattern becomes shifts by the calendar, and stores nothing', async () => {
    const rig = await startWithChannel();
    const pattern = [0, 1, 2, 3, 4].map((weekday) => ({ role: 'duty', person: 'lin', weekday, from: '09:00', to: '18:00' }));
    const { shifts } = body<{ shifts: { from: string; to: string }[] }>(
      await send(rig, 'POST', '/api/roster/plan', { pattern, from: '2026-12-07', to: '2026-12-13' }),
    );
    expect(shifts.map(({ from }) => from.slice(0, 16))).toEqual(
      [7, 8, 9, 10, 11].map((day) => `2026-12-${String(day).padStart(2, '0')}T01:00`),
    );
    expect(body(await get(rig, '/api/policies/roster'))).toMatchObject({ version: 0 });
    expect(problemOf(await send(rig, 'POST', '/api/roster/plan', { pattern, from: '2026-12-13', to: '2026-12-07' }))).toMatchObject({
      status: 400,
      path: 'from',
    });
    expect(
      problemOf(
        await send(rig, 'POST', '/api/roster/plan', { pattern: [{ ...pattern[0], to: '24:00' }], from: '2026-12-07', to: '2026-12-07' }),
      ),
    ).toMatchObject({ status: 422 });
  });
});
