import { describe, expect, it } from 'vitest';
import { dayOfAnswers } from '../../../client/desk/closed-list.tsx';
import { takenBy, takenWords, type Story } from '../../../client/desk/story-fields.ts';
import { plainView } from '../../helpers/incident-fields.ts';
import { incidentDetail } from '../../helpers/incidents-fixture.ts';

const NOW = Date.parse('2026-11-23T14:30:00+08:00');
const HOUR = 3_600_000;
const fixture = incidentDetail('i-17');
if (!fixture) throw new Error('fixture without i-17');
const of: Story = fixture;

/** Answered `tookMs` after it was opened; found so many hours before that. */
function answered(foundBefore: number, tookMs: number, beganBefore = 0): Story {
  const startedAt = NOW - beganBefore;
  const dueAt = startedAt + 2 * HOUR;
  const stoppedAt = startedAt + tookMs;
  const clock = {
    name: 'response',
    generation: 1,
    startedAt,
    dueAt,
    state: 'met',
    firedAt: null,
    latenessMs: null,
    stoppedAt,
    pausedMs: 0,
  } as const;
  const found = NOW - foundBefore * HOUR;
  return { ...of, ...plainView(found, found, NOW), status: 'resolved', openedAt: NOW, clocks: [clock] };
}
const words = {
  t: (key: string, values: object = {}) => [key, ...Object.values(values)].join(' '),
  exactAge: (ms: number) => `${ms / 1_000}s`,
};
const said = (story: Story): string => {
  const taken = takenBy(story);
  return taken ? takenWords(taken, words) : '';
};

describe('how long an answer took', () => {
  it('is told of a story that opened by itself, and is never nothing', () => {
    expect(said(answered(1, 81 * 60_000, 0.5 * HOUR))).toBe('pr.took 4860s');
    expect(said(answered(1, 0))).toBe('pr.took 1s');
    // A rule made it a duty long after it was found and received.
    const byRule = answered(72, 5_000);
    expect(said({ ...byRule, hops: { ...byRule.hops, receivedAt: byRule.hops.detectedAt } })).toBe('pr.took 5s');
  });

  it('is not told of a story that a person opened from history: its clock began with that command', () => {
    const old = answered(72, 0);
    expect(said(old)).toBe('pr.fromHistory');
    const late = answered(72, 3 * HOUR);
    expect(said(late)).toBe('pr.late 3600s');
    const real = answered(1, HOUR);
    expect(dayOfAnswers([old, old, real], () => true)).toEqual({ count: 1, late: 0, hours: 2 });
    expect(dayOfAnswers([old, late], () => true)).toEqual({ count: 1, late: 1, hours: 2 });
  });
});
