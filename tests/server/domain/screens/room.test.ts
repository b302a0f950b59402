import { describe, expect, it } from 'vitest';
import { FORGET_MS, makeRoom, MAKES_ROOM_MS, toForget } from '../../../../server/domain/screens/room.ts';
import { SCREENS_MAX } from '../../../../shared/screens/screen-limits.ts';

const NOW = 100 * 86_400_000;
const screen = (id: string, seenAt: number, name: string | null = null) => ({ id, name, seenAt });
const full = Array.from({ length: SCREENS_MAX }, (_, i) => screen(`s${i}`, NOW - i));

describe('which screens are remembered', () => {
  it('[SC3] one without a name is forgotten 30 days after it was seen, one with a name never', () => {
    const screens = [screen('old', NOW - FORGET_MS), screen('newer', NOW - FORGET_MS + 1), screen('named', 0, '前台')];
    expect(toForget(screens, NOW)).toEqual(['old']);
  });

  it('[SC3] at most 500: then the unnamed one unseen for longest makes room, and none that is in use', () => {
    expect(makeRoom(full.slice(1), NOW)).toBeNull();
    expect(makeRoom(full, NOW)).toBe('full');
    expect(makeRoom(full, NOW + MAKES_ROOM_MS)).toEqual({ forget: `s${SCREENS_MAX - 1}` });
    expect(
      makeRoom(
        full.map((one) => ({ ...one, name: one.id })),
        NOW + FORGET_MS,
      ),
    ).toBe('full');
  });
});
