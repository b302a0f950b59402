/** What pausing, merging, splitting and drills mean to the share of clocks that were met (K25). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { evolve } from '../../../../server/domain/incidents/evolve.ts';
import { fireDue } from '../../../../server/pipeline/incidents/fire-due.ts';
import type { IncidentCommand, IncidentDetail } from '../../../../shared/incidents/types.ts';
import { at, incidentRig, keyOf, T0, type Rig } from '../incidents/incident-rig.ts';

const hour = 3_600_000;
let rig: Rig;
beforeEach(async () => {
  rig = await incidentRig();
});
afterEach(() => rig.close());

type Act = IncidentCommand extends infer C ? (C extends IncidentCommand ? Omit<C, 'commandId' | 'expectedVersion'> : never) : never;
let sent = 0;
async function ask(id: string, act: Act): Promise<IncidentDetail> {
  const { version } = await get(id);
  const answer = await rig.service.command(
    id,
    { ...act, commandId: `c-${++sent}`, expectedVersion: version } as IncidentCommand,
    rig.time.now(),
  );
  if ('refused' in answer) throw new Error(answer.detail);
  return answer;
}
async function get(id: string): Promise<IncidentDetail> {
  const detail = await rig.service.get(id);
  if (detail === undefined) throw new Error('no such story');
  return detail;
}
async function story(storyId: string, detectedAt = rig.time.now(), ids = [`${storyId}-1`]): Promise<string> {
  await rig.publish(...ids.map((id) => ({ id, data: { storyId, detectedAt: at(detectedAt) } })));
  const found = (await rig.open()).find((one) => one.storyId === storyId);
  if (found === undefined) throw new Error('no story opened');
  return found.id;
}
/** Lets time pass; deadlines fire at the end of it. */
async function pass(ms: number): Promise<void> {
  rig.time.pass(ms);
  await fireDue(rig.committing(), { now: rig.time.now(), trusted: rig.time.now() }, 100);
}
const counts = (from = 0, to = Infinity) =>
  rig.store.reads.clockCounts({ from: T0 + from, to: to === Infinity ? Number.MAX_SAFE_INTEGER : T0 + to, asOf: rig.time.now() });
const answer: Act = { type: 'respond', actor: '林悦', text: '在' };

describe('[K25] clocks that count', () => {
  it('a paused one counts when its moved deadline comes, and is met by what would else be late', async () => {
    const id = await story('S');
    await ask(id, answer);
    await ask(id, { type: 'pause', actor: '林悦', secondActor: '陈放', reason: '送检' });
    await pass(30 * hour);
    expect(await counts(24 * hour - 1, 30 * hour)).toEqual({ due: 0, met: 0, excluded: 0 });
    await ask(id, { type: 'resolve', actor: '林悦' });
    await pass(30 * hour);
    // Due at 24 h and moved by the 24 h a round may be paused, of which all had passed.
    expect(await counts(47 * hour, 49 * hour)).toEqual({ due: 1, met: 1, excluded: 0 });
  });

  it('of a merged story and its target one clock of each kind counts, with the earlier deadline', async () => {
    const early = await story('A', T0 - hour);
    const late = await story('B');
    await ask(early, { type: 'merge', actor: '林悦', into: late });
    await ask(late, answer);
    await ask(late, { type: 'resolve', actor: '林悦' });
    await pass(30 * hour);
    expect(await counts()).toEqual({ due: 2, met: 2, excluded: 0 });
    expect(await counts(hour, hour + 1)).toEqual({ due: 1, met: 1, excluded: 0 });
  });

  it('[T7] merging erases no breach, neither of this round nor of an earlier one', async () => {
    const early = await story('A', T0 - hour);
    await pass(90 * 60_000);
    expect((await get(early)).clocks[0]?.state).toBe('fired');
    const late = await story('B');
    await ask(late, answer);
    await ask(early, { type: 'merge', actor: '林悦', into: late });
    expect(await counts(0, 3 * hour)).toEqual({ due: 1, met: 0, excluded: 0 });

    const again = await story('C');
    await pass(3 * hour);
    await ask(again, { type: 'false_alarm', actor: '林悦', reason: '讽刺' });
    await ask(again, { type: 'reopen', actor: '林悦', reason: '又来了' });
    await ask(again, { type: 'merge', actor: '林悦', into: late });
    await pass(90 * hour);
    const missed = (await counts()).due - (await counts()).met;
    // A’s response, taken over by B; B’s disposal; C’s response of its first round. Its second round is carried on by B.
    expect(missed).toBe(3);
  });

  it('what is split off counts beside what it left, with no more time', async () => {
    const id = await story('S', T0, ['S-1', 'S-2']);
    await ask(id, { type: 'split', actor: '林悦', mentions: [keyOf('S-2')] });
    await ask(id, answer);
    await pass(3 * hour);
    expect(await counts(0, 3 * hour)).toEqual({ due: 2, met: 1, excluded: 0 });
  });

  it('a drill counts nowhere, in no round and not when it is split or re-opened', async () => {
    const opened = {
      ...{ id: 'drill', storyKey: 'drill', number: 90, title: '演练', brand: '山澜', storyId: null, publishedAt: T0, detectedAt: T0 },
      ...{ count: 0, mentions: [], startedAt: T0, sla: { responseMs: hour, disposalMs: 2 * hour }, drill: true },
    };
    const event = { action: 'opened', at: T0, actor: 'system', detail: opened } as const;
    await rig.store.write((tx) =>
      tx.putIncidents([{ incident: { ...evolve(undefined, event), version: 1 }, previousVersion: 0, events: [event] }]),
    );
    await pass(3 * hour);
    expect((await get('drill')).clocks.map(({ state }) => state)).toEqual(['fired', 'fired']);
    await ask('drill', { type: 'false_alarm', actor: '林悦', reason: '演练结束' });
    await ask('drill', { type: 'reopen', actor: '林悦', reason: '再来' });
    await pass(90 * hour);
    expect(await counts()).toEqual({ due: 0, met: 0, excluded: 0 });
    expect((await get('drill')).drill).toBe(true);
  });
});
