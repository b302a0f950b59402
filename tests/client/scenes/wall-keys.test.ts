// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { pinOfKey } from '../../../client/scenes/frame/use-wall-keys.ts';
import { momentAt } from '../../../client/scenes/frame/use-shown.ts';
import { isFire } from '../../../client/state/fire.ts';
import { sceneIds, scenes } from '../../../shared/screens/scenes.ts';
import { usualDay } from '../../helpers/overview-day.ts';
import { stripCell, minutes } from '../../helpers/strip-fixture.ts';
import { fixtureNow } from '../../helpers/fixture-now.ts';

const [first, second] = sceneIds as readonly ['overview', (typeof sceneIds)[number]];
const last = scenes.at(-1)?.id ?? first;

describe('the keys of a wall', () => {
  it.each([
    ['ArrowRight', first, second],
    ['ArrowRight', last, first],
    ['ArrowLeft', first, last],
    ['1', last, first],
    ['2', first, second],
    ['9', first, sceneIds[8]],
    ['x', first, undefined],
  ] as const)('%s seen from %s asks for %s', (key, shown, expected) => {
    expect(pinOfKey(key, shown, null)).toBe(expected);
  });

  it('space pins what is in sight, and un-pins', () => {
    expect(pinOfKey(' ', second, null)).toBe(second);
    expect(pinOfKey(' ', second, second)).toBeNull();
  });
});

describe('fire', () => {
  const strip = (left: number, rest: Parameters<typeof stripCell>[3] = {}) => ({
    ...usualDay.strip,
    cells: [stripCell('1', 'leak', left, rest)],
  });

  it('is a story that nobody claimed, from 15 minutes before its deadline on', () => {
    expect(isFire(strip(minutes(15)), fixtureNow)).toBe(false);
    expect(isFire(strip(minutes(15) - 1), fixtureNow)).toBe(true);
    expect(isFire(strip(-minutes(90)), fixtureNow)).toBe(true);
    expect(isFire(strip(minutes(3), { status: 'claimed', owner: '林悦' }), fixtureNow)).toBe(false);
    expect(isFire(strip(minutes(3), { status: 'responded' }), fixtureNow)).toBe(false);
    expect(isFire(undefined, fixtureNow)).toBe(false);
  });

  it('[IC26] is it where claimed stories fill the strip before it', () => {
    const claimed = strip(minutes(3), { status: 'claimed', owner: '林悦' });
    expect(isFire({ ...claimed, unclaimed: stripCell('2', 'leak', minutes(9)) }, fixtureNow)).toBe(true);
    expect(isFire({ ...claimed, unclaimed: stripCell('2', 'leak', -minutes(90)) }, fixtureNow)).toBe(true);
    expect(isFire({ ...claimed, unclaimed: stripCell('2', 'leak', minutes(20)) }, fixtureNow)).toBe(false);
  });
});

it('a moment is told by the business calendar', () => {
  expect(momentAt(Date.parse('2026-11-22T16:05:00Z'), 'Asia/Shanghai')).toMatchObject({ weekday: 1, minute: 5 });
  expect(momentAt(Date.parse('2026-11-22T15:59:00Z'), 'Asia/Shanghai')).toMatchObject({ weekday: 7, minute: 1_439 });
});
