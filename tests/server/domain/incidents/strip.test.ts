import { describe, expect, it } from 'vitest';
import { stripOf } from '../../../../server/domain/incidents/strip.ts';
import type { ClockView, IncidentView } from '../../../../shared/incidents/types.ts';
import { hour, T0 } from './story-spec.ts';

const clock = (over: Partial<ClockView>): ClockView => ({
  name: 'response',
  generation: 1,
  startedAt: T0,
  dueAt: T0 + 2 * hour,
  state: 'armed',
  firedAt: null,
  latenessMs: null,
  stoppedAt: null,
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
  clocks: [clock({ dueAt: responseDueAt }), clock({ name: 'disposal', dueAt: T0 + 24 * hour })],
  ...over,
});
const breached = (number: number, dueAt: number): IncidentView =>
  incident(number, dueAt, { clocks: [clock({ dueAt, state: 'fired', firedAt: dueAt + 3, latenessMs: 3 })] });

describe('[IC12] clock strip', () => {
  it('shows the nearest deadline first and counts the rest', () => {
    const strip = stripOf([incident(1, T0 + 3), incident(2, T0 + 1), incident(10, T0 + 2), incident(9, T0 + 2)], 6, T0, 3);
    expect(strip.cells.map((cell) => cell.code)).toEqual(['A2', 'A9', 'A10']);
    expect(strip.more).toBe(3);
  });

  it('shows the disposal clock once the story is answered, and leaves closed ones out', () => {
    const strip = stripOf([incident(1, T0 + 1, { status: 'responded' }), incident(2, T0 + 1, { status: 'resolved' })], 1, T0, 3);
    expect(strip).toMatchObject({ cells: [{ code: 'A1', clock: 'disposal', dueAt: T0 + 24 * hour }], more: 0 });
  });

  it('marks a breach with when it was recorded and how late', () => {
    expect(stripOf([breached(1, T0)], 1, T0 + 9, 3).cells).toMatchObject([{ breachedAt: T0 + 3, latenessMs: 3 }]);
  });

  it('keeps the last cell for a deadline that can still be kept', () => {
    const incidents = [breached(1, T0 - 4), breached(2, T0 - 3), breached(3, T0 - 2), incident(4, T0 + 60)];
    expect(stripOf(incidents, 4, T0, 3).cells.map((cell) => cell.code)).toEqual(['A1', 'A2', 'A4']);
    expect(stripOf(incidents, 4, T0, 3).more).toBe(1);
  });

  it('shows the clock of the running generation', () => {
    const clocks = [clock({ state: 'fired', firedAt: T0 }), clock({ generation: 2, dueAt: T0 + 9 * hour })];
    expect(stripOf([incident(1, 0, { clocks })], 1, T0, 3).cells).toMatchObject([{ dueAt: T0 + 9 * hour, breachedAt: null }]);
  });
});
