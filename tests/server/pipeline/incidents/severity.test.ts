/** Severity of stories as they live in the store: with every change, with a new rule, with merges, splits and spikes. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPolicyService } from '../../../../server/pipeline/services/policies.ts';
import { dutiesAfterSeverity, dutiesAfterWords } from '../../../../server/pipeline/services/duties-after-severity.ts';
import { createSpikeWatch } from '../../../../server/pipeline/incidents/spike-watch.ts';
import { gradeUngraded } from '../../../../server/pipeline/incidents/regrade.ts';
import { createCommit } from '../../../../server/pipeline/ports/commit.ts';
import type { OutboxMessage } from '../../../../server/pipeline/ports/outbox.ts';
import type { StoreTx } from '../../../../server/pipeline/ports/transaction.ts';
import { defaultSeverity } from '../../../../shared/incidents/severity-policy.ts';
import { defaultSpike } from '../../../../shared/incidents/spike-policy.ts';
import { defaultWords } from '../../../../shared/incidents/words-policy.ts';
import type { IncidentDetail } from '../../../../shared/incidents/types.ts';
import { silentLogger } from '../../../helpers/silent-logger.ts';
import { calendar, incidentRig, keyOf, T0, type Published, type Rig } from './incident-rig.ts';

const minute = 60_000;
const hour = 60 * minute;
let rig: Rig;
beforeEach(async () => {
  rig = await incidentRig();
});
afterEach(() => rig.close());

const said = (id: string, data: Record<string, unknown> = {}): Published => ({ id, data: { storyId: 's', text: '颜色不好看', ...data } });
const only = async (): Promise<IncidentDetail> => {
  const [incident, ...others] = await rig.open();
  expect(others).toEqual([]);
  if (incident === undefined) throw new Error('no story is open');
  return incident;
};
const points = ({ severity }: IncidentDetail) => Object.fromEntries(severity.parts.map(({ part, points: own }) => [part, own]));
const lines = async (id: string) => (await rig.trail(id)).filter(({ action }) => action === 'severity_changed');
const policies = () =>
  createPolicyService({
    reads: rig.store.reads,
    commit: createCommit(rig.store, rig.time, () => undefined),
    calendar,
    clock: rig.time,
    followUps: { severity: dutiesAfterSeverity, words: dutiesAfterWords },
  });
const set = (name: string, value: unknown) => policies().put(name, { value, owner: '林悦', reason: '测试' });
const command = (id: string, type: string, more: Record<string, unknown>, expectedVersion: number) =>
  rig.service.command(
    id,
    { commandId: `${type} ${expectedVersion}`, expectedVersion, actor: '林悦', type, ...more } as never,
    rig.time.now(),
  );

describe('a story’s severity [SV1, SV4]', () => {
  it('stands in its first line, with its topic', async () => {
    await rig.publish(said('m1', { text: '客服推诿，我要投诉', reach: 20_000 }));
    const story = await only();
    expect(story).toMatchObject({ topic: 'service', severity: { grade: 'yellow', computed: 'yellow', score: 34, override: null } });
    expect(points(story)).toEqual({ reach: 8, speed: 0, source: 12, topic: 9, strength: 5 });
    const [opened, ...others] = await rig.trail(story.id);
    expect(opened).toMatchObject({ action: 'opened', detail: { topic: 'service', severity: { score: 34 } } });
    expect(others).toEqual([]);
  });

  it('follows mentions that join, with a line that gives the parts when it changes', async () => {
    await rig.publish(said('m1'));
    expect((await only()).severity).toMatchObject({ grade: 'blue', score: 14 });
    await rig.publish(said('m2', { text: '插座冒烟了', platform: '论坛', reach: 60_000 }));
    const story = await only();
    expect(story).toMatchObject({ topic: 'safety', severity: { grade: 'orange', score: 51, floor: { topic: 'safety', grade: 'orange' } } });
    expect(await lines(story.id)).toMatchObject([
      {
        actor: 'system',
        detail: { was: 'blue', topic: 'safety', severity: { grade: 'orange', parts: [{ part: 'reach', points: 14 }, {}, {}, {}, {}] } },
      },
    ]);
  });

  it('leaves no line where nothing about it changes, and touches the strip only with the grade', async () => {
    await rig.publish(said('m1'));
    expect(await rig.publish(said('m2'))).toEqual(['incidentMentions']);
    expect(await lines((await only()).id)).toEqual([]);
    expect(await rig.publish(said('m3', { reach: 1_000 }))).toEqual(['incidentMentions']);
    expect(await rig.publish(said('m4', { text: '漏电' }))).toEqual(['incidents']);
  });

  it('gives back what a mention added when it is corrected, deleted or put back', async () => {
    await rig.publish(said('m1'), said('m2', { text: '漏电', reach: 2_000_000 }));
    const before = (await only()).severity;
    expect(before).toMatchObject({ grade: 'orange', score: 63 });
    await rig.publish({ id: 'm2', type: 'sentiment.deleted', version: 2 });
    expect((await only()).severity).toMatchObject({ grade: 'blue', score: 14, floor: null });
    await rig.publish({ ...said('m2', { text: '漏电', reach: 2_000_000 }), version: 3 });
    expect((await only()).severity).toEqual(before);
    await rig.publish({ id: 'm2', type: 'sentiment.reclassified', version: 4, data: { label: 'neutral' } });
    expect((await only()).severity.grade).toBe('blue');
  });

  it('costs the change and not the story [T9]', async () => {
    await rig.publish(...Array.from({ length: 600 }, (_, i) => said(`m${i}`, { reach: 10 })));
    const read: string[] = [];
    const counting = (tx: StoreTx): StoreTx => ({
      ...tx,
      pageMembers: (id, after, limit) => {
        read.push(id);
        return tx.pageMembers(id, after, limit);
      },
    });
    const write = rig.store.write.bind(rig.store);
    rig.store.write = (work) => write((tx) => work(counting(tx)));
    await rig.publish(said('late', { reach: 300_000 }));
    rig.store.write = write;
    expect(read).toEqual([]);
    expect(points(await only())).toMatchObject({ reach: 20, speed: 25 });
  });
});

describe('a person’s grade [SV5]', () => {
  it('is in force until the story outgrows it', async () => {
    await rig.publish(said('m1'));
    const { id, version } = await only();
    await command(id, 'severity', { grade: 'yellow', reason: '大客户' }, version);
    await rig.publish(said('m2', { reach: 1_200_000 }));
    expect((await only()).severity).toMatchObject({ grade: 'yellow', computed: 'yellow', override: { by: '林悦' } });
    await rig.publish(said('m3', { reach: 5_000_000, text: '骗子，投诉，曝光' }));
    expect((await only()).severity).toMatchObject({ grade: 'orange', override: null });
  });
});

describe('a new rule [SV7]', () => {
  it('of points grades open stories again, with a line each, and leaves closed ones', async () => {
    await rig.publish(said('m1'), said('m2', { storyId: 't', text: '漏电' }), said('m3', { storyId: 'u' }));
    const stories = await rig.open();
    const closed = stories.find(({ storyId }) => storyId === 'u');
    await command(closed?.id ?? '', 'false_alarm', { reason: '误报' }, closed?.version ?? 0);
    await set('severity', { ...defaultSeverity, thresholds: { yellow: 10, orange: 20, red: 30 } });
    const after = await rig.open();
    expect(Object.fromEntries(after.map(({ storyId, severity }) => [storyId, severity.grade]))).toEqual({ s: 'yellow', t: 'red' });
    for (const { id } of after) expect(await lines(id)).toMatchObject([{ actor: 'system', detail: { rule: 'severity' } }]);
    expect(await lines(closed?.id ?? '')).toEqual([]);
  });

  it('of words finds again what every open story is about; a closed one is counted anew when it opens again', async () => {
    await rig.publish(said('m1', { text: '杯盖烫嘴' }), said('m2', { storyId: 'u', text: '杯盖烫嘴' }));
    const closed = (await rig.open()).find(({ storyId }) => storyId === 'u');
    await command(closed?.id ?? '', 'false_alarm', { reason: '误报' }, closed?.version ?? 0);
    await set('words', { ...defaultWords, topics: { ...defaultWords.topics, safety: ['烫嘴'] } });
    const story = await only();
    expect(story).toMatchObject({ topic: 'safety', severity: { grade: 'orange' } });
    expect(await lines(story.id)).toMatchObject([{ detail: { rule: 'words', was: 'blue', topic: 'safety' } }]);
    rig.time.pass(hour);
    await rig.publish(said('m3', { storyId: 'u' }));
    expect((await rig.open()).find(({ storyId }) => storyId === 'u')).toMatchObject({ topic: 'safety', severity: { grade: 'orange' } });
  });

  it('leaves no line where it makes no difference', async () => {
    await rig.publish(said('m1'));
    await set('severity', { ...defaultSeverity, topic: { ...defaultSeverity.topic, delivery: 7 } });
    expect(await lines((await only()).id)).toEqual([]);
  });
});

it('stories of a program without severity are graded at its first start [SV7]', async () => {
  await rig.publish(said('m1', { text: '漏电' }));
  const { id, severity } = await only();
  await rig.store.write(async (tx) => {
    await tx.forgetSeverityCounters(null);
    const policiesNow = await tx.policies();
    await gradeUngraded(tx, { now: T0, policies: policiesNow });
  });
  expect((await only()).severity).toEqual(severity);
  await rig.publish(said('m2', { reach: 60_000 }));
  expect(points(await only())).toMatchObject({ reach: 14, topic: 25 });
  expect(await lines(id)).toHaveLength(1);
});

describe('merging and splitting [SV4]', () => {
  it('add and take apart what mentions had added', async () => {
    await rig.publish(said('a', { storyId: 'a', text: '漏电', reach: 60_000 }), said('b', { storyId: 'b', reach: 150_000 }));
    const [a, b] = ['a', 'b'].map((storyId) => async () => (await rig.open()).find((story) => story.storyId === storyId));
    const [from, into] = [await a?.(), await b?.()];
    await command(from?.id ?? '', 'merge', { into: into?.id ?? '' }, from?.version ?? 0);
    const merged = await only();
    expect(merged).toMatchObject({ topic: 'safety', severity: { grade: 'orange' } });
    expect(points(merged)).toMatchObject({ reach: 20, topic: 25 });
    await command(merged.id, 'split', { mentions: [keyOf('a')] }, merged.version);
    const stories = (await rig.open()).toSorted((one, other) => one.code.localeCompare(other.code));
    expect(stories.map((story) => [story.topic, story.severity.grade, points(story)['reach']])).toEqual([
      ['other', 'yellow', 14],
      ['safety', 'orange', 14],
    ]);
  });
});

describe('a spike of negative mentions [SV6, SV8]', () => {
  const watch = () =>
    createSpikeWatch({
      reads: rig.store.reads,
      commit: createCommit(rig.store, rig.time, (touched, at) => rig.commits.push({ touched, at })),
      clock: rig.time,
      timers: rig.time,
      logger: silentLogger,
    });
  const spikes = () => rig.store.write((tx) => tx.latestSpikes());
  /** Three weeks with one mention each at this hour, then a burst in the last half hour. */
  const burst = async () => {
    for (const week of [3, 2, 1]) {
      await rig.publish({ id: `w${week}`, occurredAt: rig.time.now() - week * 168 * hour, data: { label: 'positive', text: '好喝' } });
    }
    await rig.publish(
      ...Array.from({ length: 24 }, (_, i) => ({ ...said(`x${i}`), occurredAt: rig.time.now() - 30 * minute + i * minute })),
    );
  };

  it('is stored once, opens no story and raises the speed of the stories it is made of', async () => {
    await rig.policy('spike', { ...defaultSpike, looks: 1 });
    await burst();
    const before = await only();
    expect(points(before)).toMatchObject({ speed: 9 });
    const one = watch();
    await one.look();
    await one.look();
    expect(await spikes()).toMatchObject([{ brand: '山澜', endedAt: null, usual: 0 }]);
    const during = await only();
    expect(points(during)).toMatchObject({ speed: 19 });
    expect(await lines(during.id)).toMatchObject([{ detail: { severity: { parts: [{}, { basis: { spike: 10 } }, {}, {}, {}] } } }]);
    const speeds = async () => Object.fromEntries((await rig.open()).map((story) => [story.storyId, points(story)['speed']]));
    // A tenth of the spike's 24 mentions makes a story part of it, and less does not.
    await rig.publish(said('n1', { storyId: 'n' }), said('n2', { storyId: 'n' }));
    expect(await speeds()).toEqual({ n: 0, s: 19 });
    await rig.publish(said('n3', { storyId: 'n' }));
    expect(await speeds()).toEqual({ n: 14, s: 19 });
    rig.time.pass(3 * hour);
    await watch().look();
    expect(await spikes()).toMatchObject([{ endedAt: expect.any(Number) as number }]);
  });

  it('is told once to whoever is on duty and the lead; to nobody where there is no roster', async () => {
    await rig.policy('spike', { ...defaultSpike, looks: 1 });
    const told: OutboxMessage[] = [];
    const listening = (): Rig['store']['write'] => (work) =>
      rig.store.write((tx) => {
        const putOutbox: StoreTx['putOutbox'] = (messages) => {
          told.push(...messages.filter(({ content }) => content.reason === 'spike'));
          return tx.putOutbox(messages);
        };
        return work({ ...tx, putOutbox });
      });
    const people = [
      { id: 'd', name: '值班', roles: ['duty'], contacts: [{ channel: 'wecom-1' }] },
      { id: 'l', name: '组长', roles: ['lead'], contacts: [{ channel: 'mail', address: 'lead@example.com' }] },
    ];
    const [from, to] = ['2026-11-01T00:00:00+08:00', '2026-12-31T00:00:00+08:00'];
    const shifts = [
      { role: 'duty', person: 'd', from, to },
      { role: 'lead', person: 'l', from, to },
    ];
    const value = { people, shifts };
    await rig.store.write((tx) => tx.putPolicy('roster', { value, owner: 'test', reason: 'test', effectiveFrom: T0, setAt: T0 }));
    await burst();
    const one = createSpikeWatch({
      reads: rig.store.reads,
      commit: createCommit({ write: listening() }, rig.time, () => undefined),
      ...{ clock: rig.time, timers: rig.time, logger: silentLogger },
    });
    await one.look();
    rig.time.pass(10 * minute);
    await one.look();
    expect(told.map(({ person, urgency, content }) => [person?.id, urgency, content.brand])).toEqual([
      ['d', 'alert', '山澜'],
      ['l', 'alert', '山澜'],
    ]);
    expect(new Set(told.map(({ key }) => key)).size).toBe(2);
  });

  it('is none while the rule is off or the brand is not ours', async () => {
    await rig.policy('spike', { ...defaultSpike, looks: 1, enabled: false });
    await burst();
    await watch().look();
    await rig.policy('spike', { ...defaultSpike, looks: 1 });
    await rig.policy('brands', { own: ['别家'], tracked: [] });
    await watch().look();
    expect(await spikes()).toEqual([]);
  });
});
