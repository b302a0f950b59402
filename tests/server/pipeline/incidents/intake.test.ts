import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { at, incidentRig, keyOf, T0, type Rig } from './incident-rig.ts';

const hour = 3_600_000;
let rig: Rig;
beforeEach(async () => {
  rig = await incidentRig();
});
afterEach(() => rig.close());

const open = () => rig.open();
const pending = async () => (await rig.store.reads.pendingHistory({ limit: 10, after: null })).rows.map((row) => row.key);
const actions = async (id: string) => (await rig.trail(id)).map((line) => line.action);
const story = (id: string, data: Record<string, unknown> = {}) => ({ id, data: { storyId: 'S', ...data } });

describe('intake of mentions', () => {
  it('[T1] opens one incident per story and arms both clocks in the transaction that folds the mention', async () => {
    const detectedAt = T0 - 20 * 60_000;
    expect(await rig.publish(story('m1', { detectedAt: at(detectedAt), title: 'X5 漏水' }), story('m2'))).toEqual(['incidents']);
    expect(await rig.publish(story('m3'))).toEqual(['incidents']);
    const [incident, ...more] = await open();
    expect(more).toEqual([]);
    expect(incident).toMatchObject({ code: 'A1', title: 'X5 漏水', brand: '山澜', mentionCount: 3, detectedAt, version: 2 });
    expect(incident?.clocks).toMatchObject([
      { name: 'response', startedAt: detectedAt, dueAt: detectedAt + 2 * hour, state: 'armed' },
      { name: 'disposal', dueAt: detectedAt + 24 * hour, state: 'armed' },
    ]);
    expect(await actions(incident?.id ?? '')).toEqual(['opened', 'mention_added', 'severity_changed']);
  });

  it('[IC25] keeps the product that a later mention is the first to name', async () => {
    await rig.publish(story('m1'));
    await rig.publish(story('m2', { sku: 'X5' }));
    await rig.publish(story('m3', { sku: 'X7' }));
    expect((await open()).map(({ product, mentionCount }) => [product, mentionCount])).toEqual([['X5', 3]]);
    const [incident] = await open();
    const named = (await rig.trail(incident?.id ?? '')).filter(({ action }) => action === 'mention_added');
    expect(named.map(({ detail }) => detail['product'])).toEqual(['X5', undefined]);
  });

  it('[IC1] opens one incident per mention that many see where no story is given, numbered in order', async () => {
    const seen = { reach: 10_000 };
    await rig.publish({ id: 'm1', data: seen }, { id: 'm2', data: seen });
    await rig.publish({ id: 'm3', data: seen });
    expect((await open()).map((incident) => incident.code).sort()).toEqual(['A1', 'A2', 'A3']);
  });

  it('[IC1] opens nothing for other brands, other polarities, deletions without a mention', async () => {
    const untouched = await rig.publish(
      { id: 'm1', data: { brand: '铂域' } },
      { id: 'm2', data: { label: 'neutral' } },
      { id: 'm3', type: 'sentiment.deleted', version: 3 },
    );
    expect(untouched).toEqual([]);
    expect(await open()).toEqual([]);
    // The mention itself arrives after its deletion.
    expect(await rig.publish({ id: 'm3' })).toEqual([]);
    expect(await open()).toEqual([]);
  });

  it('[IC3] opens nothing for history, lists it, and opens it by a person’s command from the command’s arrival', async () => {
    const late = T0 - 24 * hour - 1;
    await rig.publish(story('old', { detectedAt: at(late) }), { id: 'edge', data: { detectedAt: at(late + 1) } });
    expect((await open()).map((incident) => incident.mentions[0]?.mentionId)).toEqual(['edge']);
    expect(await pending()).toEqual([keyOf('old')]);

    rig.time.pass(hour);
    const arrived = rig.time.now() - 5;
    const by = { commandId: 'c1', actor: '林悦' };
    const opened = await rig.service.openHistory(keyOf('old'), by, arrived);
    expect(opened).toMatchObject({
      status: 'open',
      clocks: [{ startedAt: arrived, dueAt: arrived + 2 * hour }, {}],
      audit: [{ actor: '林悦' }],
    });
    expect(await pending()).toEqual([]);
    expect(await rig.service.openHistory(keyOf('old'), by, arrived + 9)).toEqual(opened);
    expect(await rig.service.openHistory(keyOf('old'), { ...by, commandId: 'c2' }, arrived)).toMatchObject({
      status: 409,
      code: 'already_open',
    });
    expect(await rig.service.openHistory(keyOf('none'), by, arrived)).toMatchObject({ status: 422, code: 'command_id_reused' });
    expect(await rig.service.openHistory(keyOf('none'), { ...by, commandId: 'c3' }, arrived)).toMatchObject({ status: 404 });
  });

  it('[IC4] an earlier detection moves the armed deadlines earlier, with an audit line each, also by a correction', async () => {
    await rig.publish(story('m1', { detectedAt: at(T0) }));
    await rig.publish(story('m2', { detectedAt: at(T0 - 1_000) }));
    await rig.publish({ ...story('m1', { detectedAt: at(T0 - 5_000) }), version: 2 });
    const [incident] = await open();
    expect(incident).toMatchObject({ detectedAt: T0 - 5_000, clocks: [{ dueAt: T0 - 5_000 + 2 * hour }, {}] });
    expect(await actions(incident?.id ?? '')).toEqual([
      'opened',
      'mention_added',
      'deadline_moved_earlier',
      'deadline_moved_earlier',
      'deadline_moved_earlier',
      'deadline_moved_earlier',
    ]);
  });

  it('[IC6] a reclassification to negative opens; away from it only leaves a line', async () => {
    await rig.publish({ id: 'm1', data: { label: 'neutral' } });
    expect(await open()).toEqual([]);
    await rig.publish({ id: 'm1', type: 'sentiment.reclassified', version: 2, data: { label: 'negative' } });
    expect(await open()).toHaveLength(1);
    await rig.publish({ id: 'm1', type: 'sentiment.reclassified', version: 3, data: { label: 'positive' } });
    await rig.publish({ id: 'm1', type: 'sentiment.deleted', version: 4 });
    const [incident] = await open();
    expect(incident?.status).toBe('open');
    expect(await actions(incident?.id ?? '')).toEqual(['opened', 'mention_changed', 'severity_changed', 'mention_changed']);
  });

  it('[IC5] a mention detected after the story was closed re-opens it with new clocks', async () => {
    await rig.publish(story('m1'));
    const [first] = await open();
    const id = first?.id ?? '';
    await rig.service.command(id, { commandId: 'c', expectedVersion: 1, actor: '林悦', type: 'false_alarm', reason: '误判' }, T0 + 10);
    await rig.publish(story('m2', { detectedAt: at(T0 - 10) }));
    expect(await open()).toEqual([]);
    rig.time.pass(60_000);
    await rig.publish(story('m3'));
    const [again] = await open();
    expect(again).toMatchObject({ id, status: 'open', mentionCount: 3 });
    expect(again?.clocks.filter((clock) => clock.generation === 2)).toMatchObject([{ startedAt: T0 + 60_000 }, { startedAt: T0 + 60_000 }]);
  });

  it('[IC6] nobody is alarmed twice when a mention’s story is named later', async () => {
    await rig.publish({ id: 'm1' });
    await rig.publish({ ...story('m1'), version: 2 });
    expect(await open()).toHaveLength(1);
  });

  it('says that screens may differ when a member changes without an audit line', async () => {
    await rig.publish(story('m1'));
    expect(await rig.publish({ ...story('m1', { reach: 900 }), version: 2 })).toEqual(['incidentMentions']);
    expect(await open()).toMatchObject([{ reach: 900, version: 1 }]);
  });

  it('[N1] writes the message of an opening in the same transaction, once per generation', async () => {
    const keys = async (): Promise<readonly unknown[]> => (await rig.store.reads.counts())['outbox'] as never;
    await rig.publish(story('m1'), story('m2'));
    await rig.publish(story('m3'));
    expect(await keys()).toBe(1);
  });
});
