/** Rules tried on stored mentions before they go live. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBackTests } from '../../../../server/pipeline/services/back-tests.ts';
import { isRefusal } from '../../../../server/pipeline/ports/refusal.ts';
import { backTestResult, type BackTestResult } from '../../../../shared/incidents/back-test.ts';
import { defaultLadder } from '../../../../shared/incidents/ladder.ts';
import { defaultSeverity } from '../../../../shared/incidents/severity-policy.ts';
import { defaultSpike } from '../../../../shared/incidents/spike-policy.ts';
import { defaultWords } from '../../../../shared/incidents/words-policy.ts';
import { calendar, incidentRig, T0, type Published, type Rig } from '../incidents/incident-rig.ts';

const hour = 3_600_000;
let rig: Rig;
beforeEach(async () => {
  rig = await incidentRig();
  // On duty by day; a lead at any hour.
  const day = (n: number) => new Date(T0 - n * 24 * hour).toISOString().slice(0, 10);
  const people = [
    { id: 'd', name: '值班', roles: ['duty'], contacts: [{ channel: 'wecom-1' }] },
    { id: 'l', name: '组长', roles: ['lead'], contacts: [{ channel: 'mail' }] },
  ];
  const shifts = [
    ...[1, 0].map((n) => ({ role: 'duty', person: 'd', from: `${day(n)}T09:00:00+08:00`, to: `${day(n)}T21:00:00+08:00` })),
    { role: 'lead', person: 'l', from: `${day(40)}T00:00:00+08:00`, to: `${day(-2)}T00:00:00+08:00` },
  ];
  await rig.store.write((tx) =>
    tx.putPolicy('roster', { value: { people, shifts }, owner: 'test', reason: 'test', effectiveFrom: T0, setAt: T0 }),
  );
});
afterEach(() => rig.close());

const said = (id: string, hoursAgo: number, data: Record<string, unknown> = {}): Published => ({
  id,
  occurredAt: T0 - hoursAgo * hour,
  data: { storyId: id, text: '颜色不好看', detectedAt: new Date(T0 - hoursAgo * hour).toISOString(), ...data },
});
async function run(name: string, value: unknown, days = 30): Promise<BackTestResult> {
  const tests = createBackTests({
    reads: rig.store.reads,
    calendar,
    clock: rig.time,
    quotas: async () => (channel) => (channel === 'wecom-1' ? 18 : null),
    yieldIfDue: () => undefined,
  });
  const result = await tests.run(name, { value, days });
  if (isRefusal(result)) throw new Error(result.detail);
  return backTestResult.parse(result);
}

describe('a back-test of severity [BT1]', () => {
  it('shows both rules side by side, and every story they grade otherwise', async () => {
    await rig.publish(said('a', 2), said('b', 3, { text: '漏电' }), said('c', 20, { text: '漏电', reach: 6_000_000 }));
    const proposed = { ...defaultSeverity, thresholds: { yellow: 12, orange: 45, red: 90 } };
    const result = await run('severity', proposed);
    expect(result).toMatchObject({ policy: 'severity', mentions: 3, from: T0 - 30 * 24 * hour, to: T0 });
    expect(result.inForce).toMatchObject({ cases: 3, grades: { blue: 1, yellow: 0, orange: 2, red: 0 }, decided: 0, falseShare: null });
    expect(result.proposed).toMatchObject({ cases: 3, grades: { blue: 0, yellow: 1, orange: 2, red: 0 } });
    expect(result.differs).toMatchObject([{ title: '颜色不好看', inForce: 'blue', proposed: 'yellow' }]);
    expect(result.differs[0]?.code).toMatch(/^A\d$/u);
    // T0 is 12:44 in Shanghai.
    expect(result.inForce.casesByHour.map((cases, at) => [at, cases]).filter(([, cases]) => cases !== 0)).toEqual([
      [9, 1],
      [10, 1],
      [16, 1],
    ]);
    expect(result.inForce.casesByDay).toEqual([
      { day: '2026-11-22', cases: 1 },
      { day: '2026-11-23', cases: 2 },
    ]);
  });

  it('says which share people later called false', async () => {
    await rig.publish(said('a', 1), said('b', 1), said('c', 1));
    const [a, b] = await rig.open();
    for (const story of [a, b]) {
      const base = { expectedVersion: story?.version ?? 0, actor: '林悦' };
      await rig.service.command(story?.id ?? '', { ...base, commandId: `f ${story?.id}`, type: 'false_alarm', reason: '误报' }, T0);
    }
    expect((await run('severity', defaultSeverity)).proposed).toMatchObject({ decided: 2, falseShare: 1 });
  });

  it('looks at the asked days only', async () => {
    await rig.publish(said('a', 1), said('b', 47));
    expect(await run('severity', defaultSeverity, 1)).toMatchObject({ mentions: 1, proposed: { cases: 1 } });
  });

  it('counts no story that goes on from before them', async () => {
    await rig.publish({
      ...said('old', 30),
      data: { ...said('old', 30).data, storyId: 's', detectedAt: new Date(T0 - hour).toISOString() },
    });
    await rig.publish(said('new', 1, { storyId: 's' }));
    expect(await run('severity', defaultSeverity, 1)).toMatchObject({ mentions: 1, proposed: { cases: 0 } });
  });
});

it('a back-test of words finds topics by the new lists [BT1]', async () => {
  await rig.publish(said('a', 2, { text: '杯盖烫嘴' }), said('b', 3));
  const words = { ...defaultWords, topics: { ...defaultWords.topics, safety: ['烫嘴'] } };
  const result = await run('words', words);
  expect(result.differs).toMatchObject([{ title: '杯盖烫嘴', inForce: 'blue', proposed: 'orange' }]);
  expect(result.differing).toBe(1);
});

describe('a back-test of the ladder [BT2]', () => {
  it('counts clocks nobody was on duty for, and messages by channel against its limit', async () => {
    // Found at 10:44 and at 02:44: by day duty is called, at night the lead at once; both again at the breach.
    await rig.publish(said('day', 2), said('night', 10));
    const result = await run('ladder', {
      steps: [
        { afterMs: 0, when: 'always', to: ['duty'] },
        { afterMs: hour, when: 'unanswered', to: ['lead'] },
      ],
    });
    expect(result.proposed).toMatchObject({
      cases: 2,
      uncoveredClocks: 1,
      uncovered: [{ at: T0 - 10 * hour }],
      channels: expect.arrayContaining([
        { channel: 'wecom-1', messages: 1, busiestMinute: 1, perMinute: 18 },
        { channel: 'mail', messages: 3, busiestMinute: 1, perMinute: null },
      ]) as unknown[],
    });
  });
  it('takes people whose only channel is switched off for nobody, as the ladder does', async () => {
    await rig.publish(said('day', 2));
    const channels = (off: string) =>
      rig.store.write((tx) =>
        tx.putChannels(
          ['wecom-1', 'mail'].map((id) => ({ id, kind: 'wecom', enabled: id !== off, sealed: id })),
          T0,
        ),
      );
    const ladder = {
      steps: [
        { afterMs: 0, when: 'always', to: ['duty'] },
        { afterMs: hour, when: 'unanswered', to: ['lead'] },
      ],
    };
    await channels('');
    expect((await run('ladder', ladder)).proposed.uncoveredClocks).toBe(0);
    await channels('wecom-1');
    const { uncoveredClocks, channels: traffic } = (await run('ladder', ladder)).proposed;
    expect(uncoveredClocks).toBe(1);
    expect(traffic.map(({ channel }) => channel)).toContain('mail');
  });
  it('calls nobody for what was answered before', async () => {
    await rig.publish(said('a', 0));
    const [story] = await rig.open();
    const answer = { commandId: 'r', expectedVersion: 1, actor: '林悦', type: 'respond' as const, text: '已处理', evidence: [] };
    await rig.service.command(story?.id ?? '', answer, T0 + 5 * 60_000);
    rig.time.pass(4 * hour);
    const channels = (await run('ladder', defaultLadder)).inForce.channels;
    expect(channels).toEqual([{ channel: 'wecom-1', messages: 1, busiestMinute: 1, perMinute: 18 }]);
  });
});

it('a back-test of grouping groups the mentions anew by both rules [BT1]', async () => {
  const loud = { storyId: undefined, reach: 50_000 };
  await rig.publish(
    said('a', 20, { ...loud, text: '新买的咖啡机用到第三周开始漏水，台面全湿了，客服让我自己换密封圈' }),
    said('b', 18, { ...loud, text: '新买的咖啡机用到第三周开始漏水，台面全湿了，客服让我自己换密封圈！！' }),
    said('c', 16, { ...loud, text: '刚下单就降价三百块，申请价保被拒绝，以后再也不在这里买东西了' }),
  );
  const policies = await rig.store.reads.policies();
  const result = await run('grouping', { ...policies.grouping, windowMs: 3_600_000 });
  expect(result.inForce).toMatchObject({ cases: 2 });
  expect(result.proposed).toMatchObject({ cases: 3 });
  expect(result.differs.some(({ inForce }) => inForce === null)).toBe(true);
});

it('a back-test of spikes counts the spikes of both rules [BT3]', async () => {
  for (const week of [4, 3, 2, 1])
    await rig.publish({ id: `w${week}`, occurredAt: T0 - week * 168 * hour, data: { label: 'positive', text: '好' } });
  await rig.publish(...Array.from({ length: 24 }, (_, i) => said(`x${i}`, 5 + i / 60)));
  const result = await run('spike', { ...defaultSpike, minimum: 100 });
  expect(result.inForce).toMatchObject({
    cases: 1,
    channels: expect.arrayContaining([expect.objectContaining({ channel: 'mail', messages: 1 })]) as unknown[],
  });
  expect(result.proposed.cases).toBe(0);
  expect(result.differs).toMatchObject([{ title: '山澜', inForce: 'orange', proposed: null }]);
});

describe('a back-test', () => {
  it('writes nothing', async () => {
    await rig.publish(said('a', 2));
    const before = await rig.store.reads.changeNumber();
    await run('severity', { ...defaultSeverity, spikePoints: 50 });
    expect(await rig.store.reads.changeNumber()).toBe(before);
    expect((await rig.store.reads.policies()).severity).toEqual(defaultSeverity);
  });
  it('refuses a value that is none, and a policy that cannot be tried', async () => {
    await expect(run('severity', { ...defaultSeverity, thresholds: { yellow: 3, orange: 2, red: 1 } })).rejects.toThrow(
      'one above the other',
    );
    await expect(run('brands', { own: [], tracked: [] })).rejects.toThrow('can be tried on the past');
  });
});
