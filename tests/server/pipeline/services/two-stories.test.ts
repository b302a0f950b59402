import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isRefusal } from '../../../../server/pipeline/ports/refusal.ts';
import type { IncidentCommand, IncidentDetail } from '../../../../shared/incidents/types.ts';
import { at, incidentRig, keyOf, T0, type Rig } from '../incidents/incident-rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await incidentRig();
});
afterEach(() => rig.close());

type Act = IncidentCommand extends infer C ? (C extends IncidentCommand ? Omit<C, 'commandId' | 'expectedVersion'> : never) : never;
let sent = 0;
const ask = (id: string, version: number, act: Act, when: number) =>
  rig.service.command(id, { ...act, commandId: `c-${++sent}`, expectedVersion: version } as IncidentCommand, when);
const get = async (id: string): Promise<IncidentDetail> => {
  const detail = await rig.service.get(id);
  if (detail === undefined) throw new Error('no such story');
  return detail;
};
/** Without what severities did meanwhile. */
const trail = async (id: string) => (await rig.trail(id)).map(({ action }) => action).filter((action) => action !== 'severity_changed');
const mentionsOf = (detail: IncidentDetail): readonly string[] => detail.mentions.map(({ mentionId }) => mentionId).toSorted();

async function twoStories(): Promise<readonly [IncidentDetail, IncidentDetail]> {
  await rig.publish(
    { id: 'a1', data: { storyId: 'A', detectedAt: at(T0 - 600_000) } },
    { id: 'a2', data: { storyId: 'A' } },
    { id: 'b1', data: { storyId: 'B' } },
  );
  const all = await rig.open();
  const [a, b] = ['A', 'B'].map((storyId) => all.find((one) => one.storyId === storyId));
  if (a === undefined || b === undefined) throw new Error('two stories were expected');
  return [a, b];
}

describe('[C3] merge', () => {
  it('moves every mention, keeps the earliest deadline and both trails, and sends later mentions to the target', async () => {
    const [a, b] = await twoStories();
    const gone = await ask(a.id, a.version, { type: 'merge', actor: '林悦', into: b.id }, T0 + 1_000);
    expect(gone).toMatchObject({ status: 'merged', mergedInto: b.id, mentionCount: 0, version: 2 });
    const kept = await get(b.id);
    expect(mentionsOf(kept)).toEqual(['a1', 'a2', 'b1']);
    expect(kept).toMatchObject({ mentionCount: 3, version: 2, detectedAt: T0 - 600_000, hops: { detectedAt: T0 - 600_000 } });
    expect(kept.clocks.map(({ dueAt }) => dueAt)).toEqual([T0 - 600_000 + 7_200_000, T0 - 600_000 + 86_400_000]);
    expect(await trail(a.id)).toEqual(['opened', 'merged']);
    expect(await trail(b.id)).toEqual(['opened', 'absorbed']);
    expect((await rig.open()).map(({ id }) => id)).toEqual([b.id]);

    await rig.publish({ id: 'a3', data: { storyId: 'A' } });
    expect(mentionsOf(await get(b.id))).toEqual(['a1', 'a2', 'a3', 'b1']);
    expect((await get(a.id)).version).toBe(2);
  });

  it('the merged story is nobody’s any more: commands are told the target', async () => {
    const [a, b] = await twoStories();
    await ask(a.id, a.version, { type: 'merge', actor: '林悦', into: b.id }, T0 + 1);
    const answer = await ask(a.id, 2, { type: 'claim', actor: '陈放' }, T0 + 2);
    expect(answer).toMatchObject({ status: 409, code: 'already_merged', present: { mergedInto: b.id } });
    expect(isRefusal(answer) && answer.detail).toContain(b.code);
    // Merging into it means its target, which cannot be merged into itself.
    expect(await ask(b.id, 2, { type: 'merge', actor: '林悦', into: a.id }, T0 + 3)).toMatchObject({ status: 422, code: 'unknown_target' });
    expect(await ask(b.id, 2, { type: 'merge', actor: '林悦', into: 'nothing' }, T0 + 4)).toMatchObject({
      status: 422,
      code: 'unknown_target',
    });
  });

  it('[IC11] both trails alone rebuild both stories', async () => {
    const { evolve } = await import('../../../../server/domain/incidents/evolve.ts');
    const [a, b] = await twoStories();
    await ask(a.id, a.version, { type: 'merge', actor: '林悦', into: b.id }, T0 + 1);
    await ask(b.id, 2, { type: 'split', actor: '林悦', mentions: [keyOf('a1')] }, T0 + 2);
    const children = (await rig.open()).filter(({ id }) => id !== b.id);
    expect(children).toHaveLength(1);
    for (const { id } of [a, b, ...children]) {
      const trail = await rig.trail(id);
      const rebuilt = trail.reduce<ReturnType<typeof evolve> | undefined>((state, event) => evolve(state, event as never), undefined);
      const stored = await rig.store.write((tx) => tx.incident(id));
      expect({ ...rebuilt, version: stored?.version }).toEqual(stored);
    }
  });
});

describe('[C3] split', () => {
  it('opens a story of its own for the mentions, which leave the other one', async () => {
    const [a] = await twoStories();
    const left = await ask(a.id, a.version, { type: 'split', actor: '林悦', mentions: [keyOf('a2')] }, T0 + 60_000);
    expect(left).toMatchObject({
      id: a.id,
      mentionCount: 1,
      version: 2,
      audit: [{ action: 'opened' }, { action: 'split', actor: '林悦' }],
    });
    const child = (await rig.open()).find(({ audit }) => audit[0]?.detail['splitFrom'] !== undefined);
    if (child === undefined) throw new Error('nothing was split off');
    expect(child).toMatchObject({
      status: 'open',
      mentionCount: 1,
      audit: [{ action: 'opened', detail: { splitFrom: { id: a.id, code: a.code } } }],
    });
    expect(mentionsOf(child)).toEqual(['a2']);
    const dues = (detail: IncidentDetail) => detail.clocks.map(({ dueAt }) => dueAt);
    expect(dues(child)).toEqual(dues(a));

    // The story’s later mentions stay with the story; a mention that left is judged where it is now.
    await rig.publish({ id: 'a3', data: { storyId: 'A' } }, { id: 'a2', version: 2, type: 'sentiment.deleted' });
    expect(mentionsOf(await get(a.id))).toEqual(['a1', 'a3']);
    expect(await trail(child.id)).toEqual(['opened', 'mention_changed']);
  });

  it('refuses strangers, and to leave nothing behind', async () => {
    const [a] = await twoStories();
    const split = (...ids: string[]) => ask(a.id, a.version, { type: 'split', actor: '林悦', mentions: ids.map(keyOf) }, T0 + 1);
    expect(await split('b1')).toMatchObject({ status: 422, code: 'unknown_member' });
    expect(await split('a1', 'a2')).toMatchObject({ status: 422, code: 'nothing_left' });
    expect(await get(a.id)).toMatchObject({ version: 1, mentionCount: 2 });
  });
});
