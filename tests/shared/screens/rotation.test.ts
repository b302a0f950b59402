import { describe, expect, it } from 'vitest';
import { isWithin, minuteOf, shownAt, turnAt, type Rotation, type WallMoment } from '../../../shared/screens/rotation.ts';
import { sceneIds } from '../../../shared/screens/scenes.ts';
import { defaultWall, wallPolicy } from '../../../shared/screens/wall-policy.ts';

const policy: Rotation = {
  rotation: [
    { scene: 'overview', seconds: 40 },
    { scene: 'competitors', seconds: 20 },
  ],
  standup: { at: '09:00', days: [1, 2, 3, 4, 5], minutes: 15 },
};
/** 2026-11-23 is a Monday; the business day is Shanghai's. */
const at = (time: string, weekday = 1): WallMoment => ({
  now: Date.parse(`2026-11-23T${time}+08:00`),
  weekday,
  minute: minuteOf(time.slice(0, 5)),
});
const nobody = { pinned: null, fire: false };
const fireScene = sceneIds.find((id) => id.startsWith('sentiment')) ?? 'overview';

describe('the rotation', () => {
  it('gives every scene its seconds in the order of the policy, by server time alone', () => {
    const start = Math.ceil(Date.parse('2026-11-23T14:00:00Z') / 60_000) * 60_000;
    const scenes = Array.from({ length: 120 }, (_, second) => turnAt(policy, start + second * 1000));
    expect(scenes.map((scene, second) => [second, scene]).filter(([, scene], i) => i === 0 || scene !== scenes[i - 1])).toEqual([
      [0, 'overview'],
      [40, 'competitors'],
      [60, 'overview'],
      [100, 'competitors'],
    ]);
  });

  it('two walls show the same scene within one second of server time, whenever they were switched on', () => {
    for (let ms = 0; ms < 1000; ms += 111) expect(turnAt(policy, 1_764_000_039_000 + ms)).toBe(turnAt(policy, 1_764_000_039_000));
  });

  it('passes over scenes it does not know, and shows the first one where it knows none', () => {
    const unknown = { scene: 'tomorrow', seconds: 500 };
    const [first, second] = policy.rotation;
    expect(turnAt({ ...policy, rotation: [unknown, ...policy.rotation] }, 40_000)).toBe(second?.scene);
    expect(turnAt({ ...policy, rotation: [unknown] }, 40_000)).toBe(first?.scene);
  });

  it('is pre-empted by fire, and goes on by its clock afterwards', () => {
    const moment = at('14:00:05');
    expect(shownAt(policy, moment, { ...nobody, fire: true })).toEqual({ scene: fireScene, why: 'fire' });
    expect(shownAt(policy, moment, nobody)).toEqual({ scene: turnAt(policy, moment.now), why: 'rotation' });
  });

  it('a pinned scene is never pre-empted', () => {
    const pinned = { pinned: 'competitors', fire: true } as const;
    expect(shownAt(policy, at('09:05:00'), pinned)).toEqual({ scene: 'competitors', why: 'pinned' });
  });

  it('shows the stand-up from its minute on, for its minutes, on its days', () => {
    const standup = sceneIds.find((id) => id.startsWith('standup'));
    const why = (moment: WallMoment) => shownAt(policy, moment, nobody).why;
    const expected = standup === undefined ? 'rotation' : 'standup';
    expect([why(at('08:59:59')), why(at('09:00:00')), why(at('09:14:59')), why(at('09:15:00'))]).toEqual([
      'rotation',
      expected,
      expected,
      'rotation',
    ]);
    expect([why(at('09:05:00', 6)), why(at('09:05:00', 7))]).toEqual(['rotation', 'rotation']);
    const late: Rotation = { ...policy, standup: { at: '23:50', days: [7], minutes: 20 } };
    expect(shownAt(late, at('00:05:00', 1), nobody).why).toBe(expected);
    expect(shownAt(late, at('00:05:00', 2), nobody).why).toBe('rotation');
    expect(shownAt({ ...policy, standup: null }, at('09:05:00'), nobody).why).toBe('rotation');
  });
});

it('hours of a day may span midnight', () => {
  const night = { from: '22:00', to: '07:00' };
  expect(['21:59', '22:00', '03:00', '06:59', '07:00'].map((time) => isWithin(night, minuteOf(time)))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
  expect(isWithin({ from: '12:00', to: '13:00' }, 750)).toBe(true);
  expect(isWithin({ from: '12:00', to: '12:00' }, 720)).toBe(false);
});

describe('the policy of the wall', () => {
  it('has a default that shows every scene there is', () => {
    expect(wallPolicy.parse(defaultWall)).toEqual(defaultWall);
    expect(defaultWall.rotation.map(({ scene }) => scene)).toEqual(sceneIds);
  });

  it.each([
    ['no scene', { rotation: [] }],
    ['a scene twice', { rotation: [...policy.rotation, policy.rotation[0]] }],
    ['a scene there is not', { rotation: [{ scene: 'tomorrow', seconds: 30 }] }],
    ['a scene nobody can read in that time', { rotation: [{ scene: 'overview', seconds: 4 }] }],
    ['a time there is not', { quiet: { from: '24:00', to: '07:00' } }],
    ['a weekday twice', { standup: { at: '09:00', days: [1, 1], minutes: 15 } }],
    ['a wall darker than anybody can read', { dim: { from: '20:00', to: '07:00', level: 0.1 } }],
    ['a field more', { loud: true }],
  ])('refuses %s', (_what, change) => {
    expect(wallPolicy.safeParse({ ...defaultWall, ...change }).success).toBe(false);
  });
});
