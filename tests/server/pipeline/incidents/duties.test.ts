/** When a duty begins, and what a changed rule makes one. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPolicyService } from '../../../../server/pipeline/services/policies.ts';
import { dutiesAfterBrands } from '../../../../server/pipeline/services/duties-after-brands.ts';
import { dutiesAfterPolarity } from '../../../../server/pipeline/services/duties-after-polarity.ts';
import { rebuildMentions } from '../../../../server/pipeline/fold/rebuild.ts';
import { createCommit } from '../../../../server/pipeline/ports/commit.ts';
import type { PolicyService } from '../../../../server/pipeline/services/setting-services.ts';
import { at, calendar, incidentRig, T0 as start, type Rig } from './incident-rig.ts';

const minute = 60_000;
const hour = 60 * minute;
let rig: Rig;
let policies: PolicyService;
beforeEach(async () => {
  rig = await incidentRig();
  const { store, time: clock } = rig;
  policies = createPolicyService({
    reads: store.reads,
    commit: createCommit(store, clock, () => undefined),
    calendar,
    clock,
    followUps: {
      brands: dutiesAfterBrands(calendar),
      polarity: dutiesAfterPolarity((tx, append, thresholds, judged) =>
        rebuildMentions(tx, append, { calendar, workspaceSince: 0, ...thresholds }, judged),
      ),
    },
  });
});
afterEach(() => rig.close());

const open = () => rig.open();
const started = async () => (await open()).map((incident) => incident.clocks[0]?.startedAt);
const pending = async () => (await rig.store.reads.pendingHistory({ limit: 10, after: null })).total;
const actions = async (id: string) => (await rig.trail(id)).map((line) => line.action);
const set = (name: string, value: unknown) => policies.put(name, { value, owner: '林悦', reason: '测试' });
const score = (id: string, value: number) => ({ id, data: { label: undefined, score: value } });

describe('[IC2] a duty begins at the latest of', () => {
  it.each([
    ['0001-01-01T00:00:00Z', start - 7 * minute],
    ['1971-05-05t05:05:05.5+14:00', start - 7 * minute],
    ['9999-12-31T23:59:59Z', start],
    [at(start - 3 * minute).toLowerCase(), start - 3 * minute],
  ])('detection, drawn in between publication and receipt: %s', async (detectedAt, begins) => {
    await rig.publish({ id: 'm', occurredAt: start - 7 * minute, data: { detectedAt } });
    expect(await started()).toEqual([begins]);
    expect(await pending()).toBe(0);
  });

  it('a publication ahead of our clock: receipt', async () => {
    await rig.publish({ id: 'm', occurredAt: start + 90_000, data: { detectedAt: at(start + 95_000) } });
    expect(await started()).toEqual([start]);
  });

  it('the receipt of a reclassification, however long the mention was neutral', async () => {
    await rig.publish({ id: 'm', data: { label: 'neutral' } });
    rig.time.pass(21 * hour);
    await rig.publish({ id: 'm', type: 'sentiment.reclassified', version: 2, data: { score: -0.7 } });
    expect(await started()).toEqual([start + 21 * hour]);
    expect((await open())[0]?.detectedAt).toBe(start);
  });

  it('the receipt of a newer version, also after more than a day: an edit makes no history', async () => {
    await rig.publish({ id: 'm', data: { label: 'positive' } });
    rig.time.pass(27 * hour);
    await rig.publish({ id: 'm', version: 2, occurredAt: start - minute, data: { detectedAt: at(start - 1_000) } });
    expect(await started()).toEqual([start + 27 * hour]);
  });

  it('a version that was negative from its first sight: its detection, in one transaction and in two', async () => {
    const detectedAt = at(start - 5 * minute);
    const said = (id: string) => ({ detectedAt, storyId: id });
    await rig.publish({ id: 'a', data: { label: 'positive', ...said('a') } }, { id: 'a', version: 2, data: said('a') });
    await rig.publish({ id: 'b', data: said('b') }, { id: 'b', version: 2, data: said('b') });
    const all = await open();
    const begins = (id: string) => all.find((incident) => incident.mentions[0]?.mentionId === id)?.clocks[0]?.startedAt;
    expect(begins('a')).toBe(start);
    expect(begins('b')).toBe(start - 5 * minute);
  });

  it('a reclassification that came before its mention: the mention’s detection', async () => {
    await rig.publish({ id: 'm', type: 'sentiment.reclassified', version: 2, data: { label: 'negative' } });
    rig.time.pass(2 * minute);
    await rig.publish({ id: 'm', data: { label: 'neutral', detectedAt: at(start + minute) } });
    expect(await started()).toEqual([start + minute]);
  });
});

describe('[IC5] a story that people closed', () => {
  const story = (id: string, data: object = {}) => ({ id, data: { storyId: 'S', ...data } });
  const close = async () => {
    const [incident] = await open();
    if (!incident) throw new Error('no incident');
    const { id, version } = incident;
    const base = { commandId: `c${version}`, expectedVersion: version, actor: '林悦' };
    await rig.service.command(id, { ...base, type: 'false_alarm', reason: '误判' }, rig.time.now());
    return id;
  };

  it('re-opens for a mention published after the close, whatever detection it claims', async () => {
    await rig.publish(story('m1'));
    const id = await close();
    rig.time.pass(40 * minute);
    await rig.publish({ ...story('m2', { detectedAt: at(start) }), occurredAt: start + 30 * minute });
    expect(await open()).toMatchObject([{ id, clocks: [{}, {}, { generation: 2, startedAt: start + 30 * minute }, {}] }]);
  });

  it('re-opens for a new judgement of a mention it holds', async () => {
    await rig.publish(story('m1'));
    const id = await close();
    rig.time.pass(hour);
    await rig.publish({ id: 'm1', type: 'sentiment.reclassified', version: 2, data: { label: 'positive' } });
    expect(await open()).toEqual([]);
    rig.time.pass(hour);
    await rig.publish({ id: 'm1', type: 'sentiment.reclassified', version: 3, data: { label: 'negative' } });
    expect(await open()).toMatchObject([{ id, clocks: [{}, {}, { generation: 2, startedAt: start + 2 * hour }, {}] }]);
    expect(await actions(id)).toEqual(['opened', 'false_alarm', 'mention_changed', 'mention_changed', 'reopened']);
  });

  it('stays closed for a repeat of a judgement it was closed with', async () => {
    await rig.publish(story('m1'));
    const id = await close();
    rig.time.pass(hour);
    await rig.publish({ id: 'm1', type: 'sentiment.reclassified', version: 2, data: { label: 'negative' } });
    expect(await open()).toEqual([]);
    expect(await actions(id)).toEqual(['opened', 'false_alarm']);
  });
});

describe('[IC13] a changed rule decides duties again', () => {
  it('a lower threshold opens what is negative now and not history, with clocks from the change', async () => {
    await rig.publish(score('mild', -0.25), score('good', 0.9), score('slight', -0.1));
    await rig.publish({ ...score('old', -0.28), occurredAt: start - 30 * hour });
    rig.time.pass(3 * hour);
    expect(await set('polarity', { threshold: 0.2 })).toMatchObject({ version: 1 });
    expect((await open()).map((incident) => incident.mentions[0]?.mentionId)).toEqual(['mild']);
    expect(await started()).toEqual([start + 3 * hour]);
    expect(await pending()).toBe(1);
  });

  it('a higher one leaves an audit line where a mention stopped being negative, and closes nothing', async () => {
    await rig.publish(score('m', -0.4));
    const [incident] = await open();
    await set('polarity', { threshold: 0.5 });
    expect(await open()).toHaveLength(1);
    const line = (await rig.trail(incident?.id ?? '')).find(({ action }) => action === 'mention_changed');
    expect(line).toMatchObject({ action: 'mention_changed', actor: 'system', detail: { polarity: 'neutral', rule: 'polarity' } });
  });

  it('there and back re-opens no story that people closed, and opens nothing twice', async () => {
    await rig.publish(score('m', -0.4));
    const [incident] = await open();
    const { id = '' } = incident ?? {};
    await rig.service.command(id, { commandId: 'c', expectedVersion: 1, actor: '林悦', type: 'false_alarm', reason: '误判' }, start + 5);
    rig.time.pass(hour);
    await set('polarity', { threshold: 0.5 });
    await set('polarity', { threshold: 0.3 });
    expect(await open()).toEqual([]);
    expect(await actions(id)).toEqual(['opened', 'false_alarm', 'mention_changed', 'mention_changed']);
  });

  it('a brand that becomes ours: every negative mention that is not history, from then on and once', async () => {
    await set('brands', { own: ['铂域'], tracked: [] });
    await rig.publish({ id: 'early', data: { storyId: 'early' } });
    rig.time.pass(30 * hour);
    await rig.publish(
      { id: 'fresh', data: { storyId: 'fresh' } },
      { id: 'good', data: { label: 'positive' } },
      { id: 'other', data: { brand: '意朗' } },
    );
    await rig.publish({ id: 'old', occurredAt: rig.time.now() - 25 * hour });
    await set('brands', { own: ['铂域', '山澜'], tracked: [] });
    expect(await started()).toEqual([start + 30 * hour, start + 30 * hour]);
    await set('brands', { own: ['山澜'], tracked: [] });
    expect(await open()).toMatchObject([{ version: 1 }, { version: 1 }]);
  });
});
