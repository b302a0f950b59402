import { describe, expect, it } from 'vitest';
import { learnServerTime, serverNowAt } from '../../../client/wire/server-clock.ts';
import type { ServerClock } from '../../../client/wire/server-clock.ts';

/** The local wall clock is an hour behind the server. */
const local = (ms: number) => ({ wall: ms - 3_600_000, mono: ms });

describe('server time from heartbeats', () => {
  it('is unknown before the first', () => {
    expect(serverNowAt([], local(0))).toBeNull();
  });

  it('runs on between heartbeats, whatever this machine’s clock says', () => {
    const clock = learnServerTime([], 1_000_000, local(1_000_000));
    expect(serverNowAt(clock, local(1_004_200))).toBe(1_004_200);
  });

  it('believes the least delayed heartbeat', () => {
    let clock: ServerClock = [];
    // Sent each 5 s, the delays are 400, 20 and 900 ms.
    for (const [sent, delay] of [
      [0, 400],
      [5_000, 20],
      [10_000, 900],
    ] as const)
      clock = learnServerTime(clock, sent, local(sent + delay));
    expect(serverNowAt(clock, local(12_000))).toBe(11_980);
  });

  it('follows a server clock that was set back, at once', () => {
    const before = learnServerTime([], 1_000_000, local(0));
    const after = learnServerTime(before, 900_000, local(5_000));
    expect(serverNowAt(after, local(6_000))).toBe(901_000);
  });

  it('does not grow', () => {
    let clock: ServerClock = [];
    for (let i = 0; i < 100; i += 1) clock = learnServerTime(clock, i * 5_000, local(i * 5_000));
    expect(clock.length).toBe(12);
  });
});
