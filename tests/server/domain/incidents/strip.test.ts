import { describe, expect, it } from 'vitest';
import { stripOf } from '../../../../server/domain/incidents/strip.ts';
import type { StripCell, UrgencyCounts } from '../../../../shared/wire/views/strip.ts';
import type { ClockView, IncidentView } from '../../../../shared/incidents/types.ts';
import { plainView } from '../../../helpers/incident-fields.ts';
import { hour, minute, T0 } from './story-spec.ts';

const clock = (over: Partial<ClockView>): ClockView => ({
  name: 'response',
  generation: 1,
  startedAt: T0,
  dueAt: T0 + 2 * hour,
  state: 'armed',
  firedAt: null,
  latenessMs: null,
  stoppedAt: null,
  pausedMs: 0,
  ...over,
});
const incident = (number: number, responseDueAt: number, over: Partial<IncidentView> = {}): IncidentView => ({
  id: `i${number}`,
  code: `A${number}`,
  version: 1,
  status: 'open',
  title: 'X5 漏水',
  brand: '山澜',
  storyId: null,
  openedAt: T0,
  publishedAt: T0,
  detectedAt: T0,
  owner: null,
  mentionCount: 1,
  platforms: ['微博'],
  platformCount: 1,
  reach: 0,
  response: null,
  ...plainView(T0, T0, T0),
  clocks: [clock({ dueAt: responseDueAt }), clock({ name: 'disposal', dueAt: T0 + 24 * hour })],
  next: null,
  ...over,
});
const breached = (number: number, dueAt: number): IncidentView =>
  incident(number, dueAt, { clocks: [clock({ dueAt, state: 'fired', firedAt: dueAt + 3, latenessMs: 3 })] });

const counts = (over: Partial<UrgencyCounts> = {}): UrgencyCounts => ({ breached: 0, fire: 0, soon: 0, calm: 0, ...over });
const codes = (cells: readonly StripCell[]): string[] => cells.map(({ code }) => code);

describe('[IC12] clock strip', () => {
  it('shows the nearest deadline first and counts the rest by urgency', () => {
    const incidents = [incident(1, T0 + 3), incident(2, T0 + 1), incident(10, T0 + 2), incident(9, T0 + 2)];
    const strip = stripOf(incidents, counts({ fire: 4, soon: 2, calm: 5 }), T0, 3);
    expect(codes(strip.cells)).toEqual(['A2', 'A9', 'A10']);
    expect(strip.left).toEqual(counts({ fire: 1, soon: 2, calm: 5 }));
  });

  it('counts a cell where its deadline lies: over, below 15 minutes, below an hour, further', () => {
    const incidents = [breached(1, T0 - 1), incident(2, T0 + 15 * minute), incident(3, T0 + hour)];
    expect(stripOf(incidents, counts({ breached: 2, fire: 1, soon: 2, calm: 2 }), T0, 3).left).toEqual({
      breached: 1,
      fire: 1,
      soon: 1,
      calm: 1,
    });
  });

  it('shows the disposal clock once the story is answered, and leaves closed ones out', () => {
    const strip = stripOf(
      [incident(1, T0 + 1, { status: 'responded' }), incident(2, T0 + 1, { status: 'resolved' })],
      counts({ calm: 1 }),
      T0,
      3,
    );
    expect(strip).toMatchObject({ cells: [{ code: 'A1', clock: 'disposal', dueAt: T0 + 24 * hour }], left: counts() });
  });

  it('marks a breach with when it was recorded and how late', () => {
    expect(stripOf([breached(1, T0)], counts({ breached: 1 }), T0 + 9, 3).cells).toMatchObject([{ breachedAt: T0 + 3, latenessMs: 3 }]);
  });

  it('keeps the last cell for a deadline that can still be kept', () => {
    const incidents = [breached(1, T0 - 4), breached(2, T0 - 3), breached(3, T0 - 2), incident(4, T0 + 60)];
    const { cells, left } = stripOf(incidents, counts({ breached: 3, fire: 1 }), T0, 3);
    expect(codes(cells)).toEqual(['A1', 'A2', 'A4']);
    expect(left).toEqual(counts({ breached: 1 }));
  });

  it('shows the clock of the running generation, which round it is, and that the round before broke its deadline', () => {
    const clocks = [clock({ state: 'fired', firedAt: T0 }), clock({ generation: 2, dueAt: T0 + 9 * hour })];
    expect(stripOf([incident(1, 0, { clocks })], counts({ calm: 1 }), T0, 3).cells).toMatchObject([
      { dueAt: T0 + 9 * hour, breachedAt: null, round: 2, earlierBreached: true },
    ]);
  });
});

describe('an answered story', () => {
  it('names who answered, who need not be who claimed it', () => {
    const answered = incident(1, T0 + hour, { status: 'responded', owner: '苏晴', respondedBy: '周屿', response: '已停发' });
    const none: UrgencyCounts = { breached: 0, fire: 0, soon: 0, calm: 0 };
    expect(stripOf([answered], { ...none, calm: 1 }, T0, 3).cells[0]?.owner).toBe('周屿');
    expect(stripOf([{ ...answered, respondedBy: null }], { ...none, calm: 1 }, T0, 3).cells[0]?.owner).toBe('苏晴');
  });
});
