// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { alarmKey, alarmsOf } from '../../../../client/scenes/heard/alarms.ts';
import { momentsBetween, queued, type Moment } from '../../../../client/scenes/heard/moments.ts';
import { createTold } from '../../../../client/scenes/heard/told.ts';
import type { OverviewState } from '../../../../shared/wire/views/overview.ts';
import { fixtureNow } from '../../../helpers/fixture-now.ts';
import { usualDay } from '../../../helpers/overview-day.ts';
import { minutes, stripCell } from '../../../helpers/strip-fixture.ts';

const strip = (...cells: OverviewState['strip']['cells']): OverviewState['strip'] => ({ ...usualDay.strip, cells });
const nothing = () => false;

describe('what a wall is heard about', () => {
  it('is a red story that nobody claimed, once for each round and severity', () => {
    const red = stripCell('1', 'leak', minutes(9), { grade: 'orange' });
    const told = new Set<string>();
    const heard = (cell: typeof red) => alarmsOf(strip(cell), fixtureNow, (key) => told.has(key)).map(({ incidentId }) => incidentId);
    expect(heard(red)).toEqual(['1']);
    told.add(alarmKey(red));
    expect(heard(red)).toEqual([]);
    expect(heard({ ...red, dueAt: fixtureNow - 1 })).toEqual([]);
    expect(heard({ ...red, grade: 'red' })).toEqual(['1']);
    expect(heard({ ...red, round: 2 })).toEqual(['1']);
  });

  it('[IC26] is the unclaimed story behind three claimed ones too, once', () => {
    const claimed = ['1', '2', '3'].map((id) => stripCell(id, id, minutes(5), { status: 'claimed', owner: '林悦' }));
    const unclaimed = stripCell('4', 'leak', minutes(9));
    const behind = { ...strip(...claimed), unclaimed };
    expect(alarmsOf(behind, fixtureNow, nothing)).toEqual([unclaimed]);
    expect(alarmsOf(behind, fixtureNow, (key) => key === alarmKey(unclaimed))).toEqual([]);
    expect(alarmsOf({ ...strip(unclaimed), unclaimed }, fixtureNow, nothing)).toEqual([unclaimed]);
    expect(alarmsOf({ ...behind, unclaimed: { ...unclaimed, dueAt: fixtureNow + minutes(15) } }, fixtureNow, nothing)).toEqual([]);
  });

  it('is no story that somebody has, nor one that has time', () => {
    const cells = [
      stripCell('1', 'a', minutes(9), { status: 'claimed', owner: '林悦' }),
      stripCell('2', 'b', minutes(9), { status: 'responded', clock: 'disposal' }),
      stripCell('3', 'c', minutes(15)),
    ];
    expect(alarmsOf(strip(...cells), fixtureNow, nothing)).toEqual([]);
    expect(alarmsOf(undefined, fixtureNow, nothing)).toEqual([]);
  });
});

describe('what people were told', () => {
  beforeEach(() => localStorage.clear());

  it('stays told after a reload, for as many things as a wall hears of', () => {
    createTold().add('story 1 1 red');
    const afterReload = createTold();
    expect(afterReload.has('story 1 1 red')).toBe(true);
    for (let i = 0; i < 400; i += 1) afterReload.add(`story ${i} 2 red`);
    expect(createTold().has('story 399 2 red')).toBe(true);
    expect(createTold().has('story 1 1 red')).toBe(false);
  });

  it('is kept by the page alone where its store holds something else', () => {
    localStorage.setItem('warroom.told', '{"not":"a list"}');
    const told = createTold();
    expect(told.has('x')).toBe(false);
    told.add('x');
    expect(told.has('x')).toBe(true);
  });
});

describe('moments that come faster than they are shown', () => {
  const [move] = usualDay.competitors as readonly [OverviewState['competitors'][number]];
  const moved = (key: string): Moment => ({ kind: 'move', key, move });
  const reached: Moment = { kind: 'reached', key: 'target', what: 'today', net: 2, target: 1 };
  const keys = (moments: readonly Moment[]) => moments.map(({ key }) => key);

  it('[S5] leave the newest few in the page, however many there were, and what is shown stays', () => {
    let waiting: readonly Moment[] = [];
    for (let i = 0; i < 1_000; i += 1) waiting = queued(waiting, [moved(`m${i}`)]);
    expect(keys(waiting)).toEqual(['m0', 'm997', 'm998', 'm999']);
  });

  it('take no turn from a target that is reached', () => {
    let waiting = queued([], [moved('first'), reached]);
    for (let i = 0; i < 10; i += 1) waiting = queued(waiting, [moved(`m${i}`)]);
    expect(keys(waiting)).toEqual(['first', 'target', 'm8', 'm9']);
  });

  it('are shown one after the other while they are few', () => {
    expect(keys(queued(queued([], [moved('a')]), [moved('b'), moved('c')]))).toEqual(['a', 'b', 'c']);
    expect(queued([], [])).toEqual([]);
  });

  it('[S5] are remembered as told only as far back as a reload would', () => {
    localStorage.clear();
    const told = createTold();
    for (let i = 0; i < 400; i += 1) told.add(`move ${i}`);
    expect([told.has('move 0'), told.has('move 99'), told.has('move 100'), told.has('move 399')]).toEqual([false, false, true, true]);
  });
});

describe('a moment', () => {
  const { target } = usualDay.today;
  const withNet = (net: number | null, rest: Partial<OverviewState['today']> = {}) => ({
    ...usualDay,
    today: { ...usualDay.today, net, ...rest },
  });
  const [move] = usualDay.competitors as readonly [OverviewState['competitors'][number]];
  const big = { ...move, moveId: 'new', at: fixtureNow, impact: 'high' as const };
  const kinds = (before: Partial<OverviewState> | undefined, after: Partial<OverviewState>) =>
    momentsBetween(before, after).map(({ key }) => key);

  it('is a target that is reached while the wall looks on, and not one that stood reached or was lowered', () => {
    const reached = `reached today 2026-11-23 ${target}`;
    expect(kinds(withNet((target ?? 0) - 1), withNet(target))).toEqual([reached]);
    expect(kinds(undefined, withNet(target))).toEqual([]);
    expect(kinds(withNet(target), withNet((target ?? 0) + 1))).toEqual([]);
    expect(kinds(withNet(100, { target: 200 }), withNet(100, { target: 50 }))).toEqual([]);
    expect(kinds(withNet(0, { target: 0 }), withNet(1, { target: 0 }))).toEqual([]);
    expect(kinds(withNet(null), withNet(target))).toEqual([]);
    expect(kinds(withNet(0, { day: '2026-11-22' }), withNet(target))).toEqual([]);
  });

  it('is a move of high impact that is new, and not one that came back because a newer one left the list', () => {
    const after = { ...usualDay, competitors: [big, ...usualDay.competitors] };
    expect(kinds(usualDay, after)).toEqual(['move new']);
    expect(kinds(usualDay, { ...after, competitors: [{ ...big, impact: 'medium' }, ...usualDay.competitors] })).toEqual([]);
    expect(kinds({ ...usualDay, competitors: [big] }, usualDay)).toEqual([]);
    expect(kinds({}, after)).toEqual([]);
  });
});
