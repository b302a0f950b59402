import { expect, it } from 'vitest';
import { createWatchdog, type WatchdogParts } from '../../../../server/pipeline/outbox/watchdog.ts';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import type { OutboxHead } from '../../../../server/pipeline/ports/outbox.ts';
import { createProblems } from '../../../../server/pipeline/ports/problems.ts';
import { ManualTime } from '../../../helpers/manual-time.ts';
import { silentLogger } from '../../../helpers/silent-logger.ts';
import { T0 } from './outbox-rig.ts';

const MINUTE = 60_000;
const calm: OutboxHead = { nextAt: null, nextTurnEnd: null, channels: [], undeliveredSince: null, deliveredAt: null, lastDead: null };

function rig() {
  const time = new ManualTime(T0);
  const problems = createProblems();
  const state = {
    ...{ brand: '山澜' as string | null, taken: true, deliveredAfterMs: 2_000, overdue: 0, stalled: false, away: false },
    head: calm,
    ahead: 0,
  };
  const submitted: Readonly<Record<string, unknown>>[] = [];
  const closed: string[] = [];
  const pings: number[] = [];
  let sentAt = 0;
  const parts: WatchdogParts = {
    ...{ clock: time, timers: time, problems, logger: silentLogger, rounds: true },
    reads: {
      async outboxHead() {
        if (state.away) throw new Unavailable('store_unavailable', 'away');
        return state.head;
      },
      async messages() {
        const through = submitted.length > 0 && time.now() - sentAt >= state.deliveredAfterMs;
        return { rows: through ? [{} as never] : [], total: 0, next: null };
      },
      overdue: async (by) => (by < T0 - MINUTE ? 0 : state.overdue),
      watchdogStories: async () => ['watchdog 1'],
    },
    brand: async () => state.brand,
    async submit(event) {
      submitted.push(event);
      sentAt = time.now();
      return state.taken;
    },
    close: async (keys) => void closed.push(...keys),
    stalled: () => state.stalled,
    clockAheadMs: () => state.ahead,
    ping: async () => {
      pings.push(time.now());
      return 'HTTP 200';
    },
  };
  const watchdog = createWatchdog(parts);
  async function pass(ms: number): Promise<void> {
    const end = time.monotonic() + ms;
    while (time.monotonic() < end) {
      time.pass(Math.min(1_000, end - time.monotonic()));
      for (let i = 0; i < 6; i++) await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return { time, problems, state, submitted, closed, pings, watchdog, pass };
}

it('sends a marked mention every ten minutes, closes its story and those of earlier rounds, and tells the address outside every minute', async () => {
  const { watchdog, pass, submitted, closed, pings, problems } = rig();
  void watchdog.run();
  await pass(31 * MINUTE);
  expect(submitted.map(({ source, type }) => [source, type])).toEqual(
    Array.from({ length: 4 }, () => ['urn:warroom:watchdog', 'sentiment.mention']),
  );
  expect(closed.filter((key) => key === 'watchdog 1')).toHaveLength(4);
  expect(new Set(closed).size).toBe(5);
  expect(pings.length).toBeGreaterThanOrEqual(30);
  expect(problems.list()).toEqual([]);
  watchdog.stop();
});

it('a mention that does not come through in its budget is said on screens and silences the ping until one does', async () => {
  const { watchdog, pass, state, pings, problems } = rig();
  state.deliveredAfterMs = Infinity;
  void watchdog.run();
  await pass(2 * MINUTE);
  expect(problems.list()).toEqual(['watchdog_failed']);
  const before = pings.length;
  await pass(7 * MINUTE);
  expect(pings).toHaveLength(before);
  state.deliveredAfterMs = 0;
  await pass(6 * MINUTE);
  expect(problems.list()).toEqual([]);
  expect(pings.length).toBeGreaterThan(before);
  watchdog.stop();
});

it('an event that is not taken is a failed round; without a brand nothing is sent and nothing is wrong', async () => {
  const { watchdog, state, submitted, problems } = rig();
  state.taken = false;
  expect(await watchdog.round()).toBe(false);
  expect(problems.list()).toEqual(['watchdog_failed']);
  state.brand = null;
  expect(await watchdog.round()).toBeNull();
  expect(problems.list()).toEqual([]);
  expect(submitted).toHaveLength(1);
});

it('[T5] [N5] the auditor finds overdue clocks, messages beyond their budget, stalled sources and a store that is away', async () => {
  const { watchdog, state, time, pass, pings } = rig();
  expect(await watchdog.audit()).toEqual([]);
  state.overdue = 2;
  expect(await watchdog.audit()).toEqual(['clock_overdue']);
  // What is due only by a step of the clock is held on purpose.
  state.ahead = 10 * MINUTE;
  expect(await watchdog.audit()).toEqual([]);
  Object.assign(state, { overdue: 0, ahead: 0, head: { ...calm, undeliveredSince: time.now() - 6 * MINUTE } });
  expect(await watchdog.audit()).toEqual(['message_overdue']);
  state.head = { ...state.head, deliveredAt: time.now() - MINUTE };
  expect(await watchdog.audit()).toEqual([]);
  state.stalled = true;
  expect(await watchdog.audit()).toEqual(['source_stalled']);
  state.away = true;
  expect(await watchdog.audit()).toEqual(['store_unavailable']);
  void watchdog.run();
  await pass(5 * MINUTE);
  expect(pings).toEqual([]);
  watchdog.stop();
});
