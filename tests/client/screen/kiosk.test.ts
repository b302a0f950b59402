// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { darknessOf } from '../../../client/screen/kiosk.tsx';
import { fixtureNow } from '../../helpers/fixture-now.ts';
import { scenarios, usualWorkspace } from '../../helpers/overview-fixture.ts';
import { hourMinute } from '../../../client/format/instant.ts';

const hour = (offset: number) => hourMinute(fixtureNow + offset * 3_600_000, usualWorkspace.timeZone);
const dimmed = (from: string, to: string) => ({
  workspace: { ...usualWorkspace, wall: { ...usualWorkspace.wall, dim: { from, to, level: 0.25 } } },
  now: fixtureNow,
  views: {},
});

describe('the light of a wall', () => {
  it('is dimmed within the hours of the policy, in the time zone of the workspace, and never without them', () => {
    expect(darknessOf(dimmed(hour(-1), hour(1)))).toBe(0.75);
    expect(darknessOf(dimmed(hour(1), hour(2)))).toBe(0);
    expect(darknessOf({ ...dimmed(hour(-1), hour(1)), workspace: usualWorkspace })).toBe(0);
    expect(darknessOf({ ...dimmed(hour(-1), hour(1)), workspace: null })).toBe(0);
  });

  it('is full while a story is red that nobody has claimed', () => {
    const [cell] = scenarios.usual.strip.cells;
    if (cell === undefined) throw new Error('the fixture has no story');
    const strip = { ...scenarios.usual.strip, cells: [{ ...cell, status: 'open' as const, owner: null, dueAt: fixtureNow + 60_000 }] };
    expect(darknessOf({ ...dimmed(hour(-1), hour(1)), views: { overview: { strip } } })).toBe(0);
  });
});
