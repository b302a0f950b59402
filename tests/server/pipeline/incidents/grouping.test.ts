/** Mentions become stories or scattered complaints, over batches, restarts and what people do. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isRefusal } from '../../../../server/pipeline/ports/refusal.ts';
import { incidentCommand, type IncidentDetail } from '../../../../shared/incidents/types.ts';
import { fingerprintOf } from '../../../../server/domain/stories/fingerprint.ts';
import { defaultGrouping } from '../../../../shared/incidents/grouping-policy.ts';
import { seededRandom } from '../../../helpers/random.ts';
import { testSeed } from '../../../helpers/seed.ts';
import { incidentRig, keyOf, T0, type Published, type Rig } from './incident-rig.ts';

const minute = 60_000;
const hour = 60 * minute;
const LEAK = '入手三周了，水箱接口开始漏水，台面每天早上都是一滩水，橱柜都泡了';
const NOISE = '早上磨个豆子噪音像电钻一样，楼上邻居都来敲门投诉了，完全没法用';
const DUST = '豆仓盖子一碰就裂，用了两次就坏了，换一个要等到下个月，太离谱了吧';

let rig: Rig;
beforeEach(async () => {
  rig = await incidentRig();
});
afterEach(() => rig.close());

const said = (id: string, text: string, data: Record<string, unknown> = {}): Published => ({ id, data: { text, ...data } });
const ids = (incident: IncidentDetail | undefined) => incident?.mentions.map(({ mentionId }) => mentionId).sort();
/** Mentions of each incident, in an order of their own. */
const partition = (incidents: readonly IncidentDetail[]) => incidents.map((incident) => ids(incident)?.join(' ') ?? '').sort();
const stories = async () => (await rig.open()).filter(({ kind }) => kind === 'story');
const dailies = async () => (await rig.open()).filter(({ kind }) => kind === 'daily');
const actions = async (id: string) => (await rig.trail(id)).map(({ action }) => action);
const due = (incident: IncidentDetail | undefined, name = 'response') => {
  const generation = Math.max(...(incident?.clocks.map((clock) => clock.generation) ?? []));
  return incident?.clocks.find((clock) => clock.name === name && clock.generation === generation)?.dueAt;
};
let serial = 0;
async function command(incident: IncidentDetail | undefined, type: string, more: object = {}): Promise<void> {
  const { id = '', version = 0 } = incident ?? {};
  const body = incidentCommand.parse({ commandId: `g${String(++serial)}`, expectedVersion: version, actor: '林悦', type, ...more });
  const answer = await rig.service.command(id, body, rig.time.now());
  if (isRefusal(answer)) throw new Error(answer.detail);
}

describe('mentions without a story of their source', () => {
  it('that tell the same are one story, in one batch and in two, over a restart [ST4]', async () => {
    await rig.publish(said('a', LEAK), said('b', `转发微博//@某:${LEAK}`), said('n', NOISE, { reach: 20_000 }));
    await rig.restart();
    await rig.publish(said('c', `${LEAK}😡`), said('n2', NOISE));
    expect(partition(await stories())).toEqual(['a b c', 'n n2']);
    expect(await dailies()).toEqual([]);
  });

  it('that stay lonely and little seen share one incident a topic, with a clock [ST5]', async () => {
    await rig.publish(said('a', LEAK), said('b', NOISE), said('c', '客服转了四个人没人认账，退换一直拖着不给办'));
    await rig.publish(said('d', DUST));
    const all = await dailies();
    expect(await stories()).toEqual([]);
    expect(all.reduce((sum, { mentionCount }) => sum + mentionCount, 0)).toBe(4);
    expect(new Set(all.map(({ topic }) => topic)).size).toBe(all.length);
    for (const daily of all) {
      expect(daily).toMatchObject({ title: '日常零星差评', status: 'open' });
      expect(due(daily)).toBe(T0 + 2 * hour);
    }
  });

  it('find at least half of the promised time in the scattered complaints they come to [ST5]', async () => {
    const at = (slots: number) => new Date(Math.ceil(T0 / hour) * hour + slots).toISOString();
    rig.time.pass(2 * hour);
    await rig.publish(
      said('a', LEAK, { detectedAt: at(0) }),
      said('b', NOISE, { detectedAt: at(hour - 1) }),
      said('c', DUST, { detectedAt: at(hour) }),
    );
    for (const daily of await dailies())
      for (const { publishedAt } of daily.mentions) expect((due(daily) ?? 0) - publishedAt).toBeGreaterThan(hour);
  });
});

describe('a lonely mention leaves the scattered complaints [ST6, C3]', () => {
  it('with the second of its kind; the deadline stays, and so do the others and the figures', async () => {
    await rig.publish(said('a', LEAK, { reach: 5, platform: '微博' }), said('n', NOISE, { reach: 7, platform: '抖音' }));
    const [before] = await dailies();
    rig.time.pass(20 * minute);
    await rig.publish(said('b', LEAK, { reach: 11, platform: '知乎' }));
    const [story] = await stories();
    const [daily] = await dailies();
    expect(story).toMatchObject({ kind: 'story', mentionCount: 2, reach: 16 });
    expect(new Set(story?.platforms)).toEqual(new Set(['微博', '知乎']));
    expect(due(story)).toBe(due(before));
    expect(due(story, 'disposal')).toBe(due(before, 'disposal'));
    expect(daily).toMatchObject({ id: before?.id, mentionCount: 1, reach: 7, platforms: ['抖音'] });
    expect((await actions(before?.id ?? '')).slice(0, 2)).toEqual(['opened', 'split']);
  });

  it('as the last one: the story carries them on, and the next lonely one opens them again', async () => {
    await rig.publish(said('a', LEAK));
    const [before] = await dailies();
    rig.time.pass(10 * minute);
    await rig.publish(said('b', LEAK));
    expect(await dailies()).toEqual([]);
    const [story] = await stories();
    expect(due(story)).toBe(due(before));
    expect(await rig.store.reads.incident(before?.id ?? '')).toMatchObject({ status: 'merged', mergedInto: story?.id, mentionCount: 0 });
    // One duty counts once in `sla_compliance` (K25): the clocks of the emptied complaints count no more.
    expect(await rig.store.reads.counts()).toMatchObject({ armedClocks: 2 });
    const voided = await rig.store.reads.incident(before?.id ?? '');
    expect(voided?.clocks.map(({ state }) => state)).toEqual(['void', 'void']);
    await rig.publish({ ...said('n', NOISE), occurredAt: T0 - minute });
    const [again] = await dailies();
    expect(again).toMatchObject({ id: before?.id, status: 'open', mentionCount: 1, generation: 2 });
    expect(await stories()).toHaveLength(1);
  });

  it('when many have come to see it, while nobody has answered', async () => {
    await rig.publish(said('a', LEAK), said('n', NOISE));
    const [before] = await dailies();
    rig.time.pass(30 * minute);
    await rig.publish({ ...said('a', LEAK, { reach: defaultGrouping.reachFloor }), version: 2 });
    const [story] = await stories();
    expect(ids(story)).toEqual(['a']);
    expect(due(story)).toBe(due(before));
    expect((await dailies()).map(ids)).toEqual([['n']]);
  });

  it('to a story that its source names, also when the name comes second', async () => {
    await rig.publish(said('a', LEAK));
    await rig.publish(said('b', LEAK, { storyId: 'S' }));
    await rig.publish(said('c', LEAK));
    expect((await stories()).map(ids)).toEqual([['a', 'b', 'c']]);
    expect((await stories())[0]?.storyId).toBe('S');
  });

  it('and not when it was answered: a new one of its kind opens a story of its own', async () => {
    await rig.publish(said('a', LEAK));
    const [daily] = await dailies();
    await command(daily, 'respond', { text: '已致歉', evidence: [{ kind: 'text', value: '已致歉' }] });
    rig.time.pass(5 * minute);
    await rig.publish(said('b', LEAK));
    expect((await stories()).map(ids)).toEqual([['b']]);
    expect((await dailies()).map(ids)).toEqual([['a']]);
    expect(due((await stories())[0])).toBe(rig.time.now() + 2 * hour);
  });
});

describe('scattered complaints that were answered or closed', () => {
  it('begin another round with the next mention, whose clock runs from its own duty [ST5]', async () => {
    await rig.publish(said('a', LEAK));
    const [daily] = await dailies();
    await command(daily, 'respond', { text: '已致歉', evidence: [{ kind: 'text', value: '已致歉' }] });
    rig.time.pass(minute);
    const found = rig.time.now();
    await rig.publish({ ...said('n', NOISE, { detectedAt: new Date(found).toISOString() }) });
    const open = await dailies();
    expect(open.map(({ id }) => id)).toContain(daily?.id);
    const round = open.find((one) => one.mentions.some(({ mentionId }) => mentionId === 'n'));
    expect(round?.status).toBe('open');
    expect(due(round)).toBe(found + 2 * hour);
  });
});

describe('what people decide stays', () => {
  const story = async (text: string, ...names: string[]) => {
    await rig.publish(...names.map((name) => said(name, text)));
    return (await stories()).find((one) => ids(one)?.includes(names[0] ?? ''));
  };

  it('a merged story attracts the mentions of both [ST7, C3]', async () => {
    const leak = await story(LEAK, 'a', 'b');
    const noise = await story(NOISE, 'n', 'o');
    await command(noise, 'merge', { into: leak?.id });
    await rig.publish(said('c', LEAK), said('p', NOISE));
    expect((await stories()).map(ids)).toEqual([['a', 'b', 'c', 'n', 'o', 'p']]);
  });

  it('a split mention is not grouped back, and attracts its own kind [ST7, C3]', async () => {
    const both = await story(LEAK, 'a', 'b', 'c');
    await command(both, 'split', { mentions: [keyOf('c')] });
    await rig.publish({ ...said('c', LEAK), version: 2 }, said('n', NOISE));
    expect(partition(await stories())).toEqual(['a b', 'c']);
    await rig.publish(said('d', LEAK));
    expect((await stories()).reduce((sum, { mentionCount }) => sum + mentionCount, 0)).toBe(4);
  });
});

it('of a story with a thousand copies a mention that comes is shown a few [T9]', async () => {
  const copies = (batch: number) =>
    Array.from({ length: 250 }, (_, i) => said(`m${String(batch)}-${String(i)}`, `${LEAK}${i % 2 === 0 ? '' : '，联系客服没人理我'}`));
  for (let batch = 0; batch < 4; batch++) await rig.publish(...copies(batch));
  const [story, ...more] = await stories();
  expect(more).toEqual([]);
  expect(story?.mentionCount).toBe(1_000);
  const { keys } = fingerprintOf(
    { key: 'x', brand: '山澜', sku: null, topic: 'quality', publishedAt: T0, title: null, text: LEAK, url: null },
    [],
  );
  const found = await rig.store.write((tx) => tx.similarPrints([keys]));
  expect(found.length).toBeGreaterThan(0);
  expect(found.length).toBeLessThanOrEqual(8);
});

it('every mention is in one incident with a running clock no later than promised, for any order, cut and repetition [I5, T1]', async () => {
  const random = seededRandom(testSeed('grouping of intake'));
  const texts = [LEAK, NOISE, DUST, '保修卡是空白的，打电话说要发票，发票又一直不给开，气死个人'];
  const mentions = texts.flatMap((text, t) =>
    [text, `转发微博//@某:${text}`, `${text}！！`].slice(0, t === 3 ? 1 : 3).map((words, i) => said(`${String(t)}-${String(i)}`, words)),
  );
  for (let run = 0; run < 4; run++) {
    if (run > 0) {
      await rig.close();
      rig = await incidentRig();
    }
    const twice = random
      .shuffle([...mentions, ...mentions.filter(() => random.chance(0.3))])
      .map((one) => ({ ...one, occurredAt: T0 - minute }));
    for (let from = 0; from < twice.length;) {
      const size = 1 + random.below(5);
      const batch = [...new Map(twice.slice(from, from + size).map((one) => [one.id, one])).values()];
      await rig.publish(...batch);
      from += size;
    }
    const open = await rig.open();
    const copies = [0, 1, 2].map((t) => [0, 1, 2].map((i) => `${String(t)}-${String(i)}`).join(' '));
    expect(partition(open.filter(({ kind }) => kind === 'story'))).toEqual(copies);
    expect(open.filter(({ kind }) => kind === 'daily').flatMap((daily) => ids(daily) ?? [])).toEqual(['3-0']);
    for (const incident of open) expect(due(incident)).toBeLessThanOrEqual(T0 + 2 * hour);
  }
});
