/** Groups that depend on the calendar are pushed at the boundary, not at the next poll [S6]. */
import { afterEach, describe, expect, it } from 'vitest';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { createBroadcaster, type Broadcaster } from '../../../../server/pipeline/push/broadcaster.ts';
import { createViews } from '../../../../server/pipeline/push/views/all.ts';
import { createProblems } from '../../../../server/pipeline/ports/problems.ts';
import type { Patch } from '../../../../shared/wire/protocol.ts';
import { ManualTime } from '../../../helpers/manual-time.ts';
import { noAnomalies } from '../../../helpers/no-anomalies.ts';
import { openLine, type Line } from '../../../helpers/line.ts';
import { nodesOf } from '../../../helpers/nodes.ts';

let line: Line | null = null;
let broadcaster: Broadcaster | null = null;
afterEach(async () => {
  broadcaster?.stop();
  await line?.close();
  line = null;
});

/** Lets time pass in small steps, and waits for the reads each of them started. */
async function pass(time: ManualTime, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 100) {
    time.pass(Math.min(100, left));
    await line?.store.reads.changeNumber();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function watching(zone: string, at: string) {
  const time = new ManualTime(Date.parse(at));
  line = await openLine({ now: at });
  const patches: Patch[] = [];
  broadcaster = createBroadcaster({
    views: createViews({
      reads: line.store.reads,
      sums: line.sums,
      anomalies: noAnomalies,
      calendar: createCalendar(zone),
      nodesOf,
      clock: time,
    }),
    ...{ clock: time, timers: time, problems: createProblems(), epoch: 'e' },
  });
  broadcaster.connect({ watched: (name) => name === 'overview', publish: (patch) => patches.push(patch) });
  const { state } = await broadcaster.snapshot('overview');
  const seen = { ...state };
  const follow = () => Object.assign(seen, ...patches.splice(0).map((patch) => patch.groups));
  return { time, seen, follow };
}

describe('[S6] what screens receive within a second of', () => {
  it.each([
    ['midnight', 'Asia/Shanghai', '2026-11-24T15:59:58.500Z', { day: '2026-11-25', month: '2026-11', quarter: '2026-Q4' }],
    ['the end of a month', 'Asia/Kathmandu', '2026-10-31T18:14:58.200Z', { day: '2026-11-01', month: '2026-11', quarter: '2026-Q4' }],
    ['the end of a quarter', 'America/New_York', '2026-07-01T03:59:58.900Z', { day: '2026-07-01', month: '2026-07', quarter: '2026-Q3' }],
    ['the end of a year', 'Pacific/Auckland', '2026-12-31T10:59:58.100Z', { day: '2027-01-01', month: '2027-01', quarter: '2027-Q1' }],
  ])('%s in %s', async (_what, zone, at, after) => {
    const { time, seen, follow } = await watching(zone, at);
    const before = seen.today?.day;
    await pass(time, 1_000);
    follow();
    expect(seen.today?.day).toBe(before);
    await pass(time, Math.ceil(time.now() / 1_000) * 1_000 - time.now() + 1_000);
    follow();
    expect([seen.today?.day, seen.hours?.day]).toEqual([after.day, after.day]);
    expect([seen.month?.period, seen.quarter?.period]).toEqual([after.month, after.quarter]);
  });

  it.each([
    ['an hour that clocks skip', 'America/New_York', '2026-03-08T06:59:59Z', [1, 3]],
    ['an hour that clocks repeat', 'Europe/London', '2026-10-25T01:59:59Z', [1, 2]],
  ])('%s in %s', async (_what, zone, at, [from, to]) => {
    const { time, seen, follow } = await watching(zone, at);
    expect(seen.hours?.currentHour).toBe(from);
    await pass(time, 2_000);
    follow();
    expect(seen.hours?.currentHour).toBe(to);
  });
});
