import { describe, expect, it } from 'vitest';
import { createHeartbeat, type HeartbeatParts } from '../../../../server/pipeline/push/heartbeat.ts';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import { createProblems } from '../../../../server/pipeline/ports/problems.ts';
import { policyDefaults } from '../../../../shared/kpi/targets.ts';
import type { Heartbeat } from '../../../../shared/wire/protocol.ts';
import { everyView } from '../../../helpers/every-view.ts';
import { ManualTime } from '../../../helpers/manual-time.ts';

const gap = { from: 2_000_000, to: 3_000_000, more: 1 };
const turn = () => new Promise((resolve) => setImmediate(resolve));

function rig(streams: HeartbeatParts['reads']['streams'], own: string[] = ['山澜'], life: Partial<HeartbeatParts> = {}) {
  const time = new ManualTime(1_000_000);
  const sent: Heartbeat[] = [];
  const problems = createProblems();
  const heartbeat = createHeartbeat({
    reads: {
      streams,
      policies: async () => ({ ...policyDefaults, brands: { own, tracked: [] } }),
      quarantinedMentions: async () => 7,
      nextRosterGap: async () => gap,
    },
    clock: time,
    timers: time,
    problems,
    build: 'b1',
    reachedEndAt: () => null,
    usualSilence: () => null,
    ...life,
    positions: () => everyView(() => ({ epoch: 'e', revision: 3 })),
    sources: () => [],
    send: (message) => sent.push(message),
  });
  return { time, sent, problems, heartbeat };
}

describe('[S2] heartbeat', () => {
  it('goes out every five seconds with time, positions, and the freshness of every stream', async () => {
    let receivedAt = 999_000;
    const { time, sent, heartbeat } = rig(async () => [{ stream: 'orders', receivedAt, occurredAt: 1, aliveAt: null }]);
    const run = heartbeat.run();
    await turn();
    receivedAt = 1_003_000;
    for (let i = 0; i < 10; i++) {
      time.pass(1_000);
      await turn();
    }
    expect(sent.map((message) => message.serverNow)).toEqual([1_000_000, 1_005_000, 1_010_000]);
    expect(sent[0]).toMatchObject({
      build: 'b1',
      positions: { overview: { revision: 3 } },
      problems: [],
      quarantinedMentions: 7,
      rosterGap: gap,
    });
    expect(sent.map((message) => message.streams[0]?.lastReceivedAt)).toEqual([999_000, 1_003_000, 1_003_000]);
    expect(sent[0]?.streams).toHaveLength(5);
    expect(sent[0]?.streams[1]).toMatchObject({ stream: 'mentions', lastReceivedAt: null, lastOccurredAt: null, budgetMs: 120_000 });
    expect(heartbeat.latest()).toBe(sent.at(-1));
    heartbeat.stop();
    await run;
    time.pass(20_000);
    expect(sent).toHaveLength(3);
  });

  it('[S3] tells the life of a source as of the beat, its own signs before the reads of its topic', async () => {
    let readAt = 1_000_000;
    const { time, sent, heartbeat } = rig(
      async () => [
        { stream: 'orders', receivedAt: 400_000, occurredAt: 1, aliveAt: null },
        { stream: 'mentions', receivedAt: null, occurredAt: 1, aliveAt: 700_000 },
      ],
      [],
      {
        reachedEndAt: (topic) => (topic === 'leads' ? null : readAt),
        usualSilence: (stream, at) => (stream === 'orders' ? at - 400_000 : null),
      },
    );
    const run = heartbeat.run();
    await turn();
    readAt = 1_004_000;
    time.pass(5_000);
    await turn();
    const told = sent.map(({ streams }) => streams.map(({ aliveAt, usualSilenceMs }) => [aliveAt, usualSilenceMs]));
    expect(told[0]?.slice(0, 3)).toEqual([
      [1_000_000, 600_000],
      [700_000, null],
      [null, null],
    ]);
    expect(told[1]?.[0]).toEqual([1_004_000, 605_000]);
    heartbeat.stop();
    await run;
  });

  it('says when no brand is ours, because then no negative mention starts a clock', async () => {
    const { sent, heartbeat } = rig(async () => [], []);
    const run = heartbeat.run();
    await turn();
    expect(sent[0]?.problems).toEqual(['no_own_brand']);
    heartbeat.stop();
    await run;
  });

  it('goes out on time while the store is away, and says so', async () => {
    let away = true;
    const { time, sent, heartbeat } = rig(() => (away ? Promise.reject(new Unavailable('io', 'away')) : Promise.resolve([])));
    void heartbeat.run();
    await turn();
    expect(sent).toMatchObject([{ problems: ['store_unavailable'] }]);
    away = false;
    time.pass(4_500);
    await turn();
    time.pass(1_000);
    expect(sent.at(-1)).toMatchObject({ problems: [] });
    heartbeat.stop();
  });

  it('ends with a bug', async () => {
    const { heartbeat } = rig(() => Promise.reject(new Error('bug')));
    await expect(heartbeat.run()).rejects.toThrow('bug');
  });
});
