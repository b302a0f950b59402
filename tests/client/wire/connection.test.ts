import { describe, expect, it } from 'vitest';
import { connectionAt, phaseChangesIn } from '../../../client/wire/connection.ts';
import type { LocalTime } from '../../../client/wire/local-time.ts';

const local = (ms: number): LocalTime => ({ wall: 1_700_000_000_000 + ms, mono: ms });
const heard = { startedAt: local(0), heartbeatAt: local(1_000) };

describe('[S2] what a screen may claim about its connection', () => {
  it.each([
    [1_000, 'live', 0],
    [10_999, 'live', 9_999],
    [11_000, 'amber', 10_000],
    [30_999, 'amber', 29_999],
    [31_000, 'grey', 30_000],
    [3_600_000, 'grey', 3_599_000],
  ] as const)('at %d ms it is %s', (now, phase, silentMs) => {
    expect(connectionAt(heard, local(now))).toEqual({ phase, silentMs });
  });

  it('says when silence alone will change that, so that a mark is painted when it is due', () => {
    const at = (ms: number) => phaseChangesIn(connectionAt(heard, local(ms)));
    expect([at(1_000), at(10_999.5), at(11_000), at(31_000)]).toEqual([10_000, 1, 20_000, Infinity]);
  });

  it('a page that never heard anything has nothing old to show: it starts, then says that nobody answers', () => {
    const never = { startedAt: local(0), heartbeatAt: null };
    expect(connectionAt(never, local(9_999)).phase).toBe('starting');
    expect(connectionAt(never, local(10_000)).phase).toBe('unreachable');
  });

  it('a machine that slept wakes grey: its monotonic clock stood still, its wall clock did not', () => {
    expect(connectionAt(heard, { wall: local(60_000).wall, mono: 2_000 }).phase).toBe('grey');
  });

  it('a wall clock set back does not make an old screen look live', () => {
    expect(connectionAt(heard, { wall: local(-3_600_000).wall, mono: 60_000 }).phase).toBe('grey');
  });
});
