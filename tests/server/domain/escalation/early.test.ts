import { describe, expect, it } from 'vitest';
import { early, nextRung } from '../../../../server/domain/escalation/early.ts';
import { correctSteps, followSteps, type EscalationStep } from '../../../../server/domain/escalation/steps.ts';
import { defaultLadder } from '../../../../shared/incidents/ladder.ts';
import { given, minute, opened, T0 } from '../incidents/story-spec.ts';

const story = given(opened());
const ladder = followSteps({ before: undefined, after: story, events: [opened()], steps: [], ladder: defaultLadder });
const fired = (...names: string[]): readonly EscalationStep[] =>
  ladder.map((step) => (names.includes(step.name) ? { ...step, state: 'fired' as const, firedAt: step.dueAt } : step));

describe('the step that calls before its time', () => {
  it('[SC2] is the lowest rung that has not called yet', () => {
    expect(nextRung(fired('ladder:0'), story)?.name).toBe('ladder:1');
    expect(nextRung(fired('ladder:0', 'ladder:1', 'ladder:2'), story)?.name).toBe('ladder:3');
  });

  it('[SC2] is none where only the rung that waits for the breach is left, and none of an earlier round', () => {
    expect(nextRung(fired('ladder:0', 'ladder:1', 'ladder:2', 'ladder:3'), story)).toBeNull();
    expect(
      nextRung(
        ladder.map((step) => ({ ...step, generation: 7 })),
        story,
      ),
    ).toBeNull();
  });

  it('[SC2] [T8] keeps the time it really called at, so that a corrected clock does not let it call again', () => {
    const [rung] = fired('ladder:0').filter(({ name }) => name === 'ladder:2');
    if (rung === undefined) throw new Error('the ladder has no third rung');
    const called = early(rung, T0 + 20 * minute);
    expect(called).toMatchObject({ afterMs: 20 * minute, dueAt: T0 + 20 * minute });
    const stored: EscalationStep = { ...called, state: 'fired', firedAt: T0 + 20 * minute };
    expect(correctSteps([stored], story, (stamp) => stamp).filter(({ state }) => state === 'armed')).toEqual([]);
    expect(early(rung, rung.dueAt + 1)).toBe(rung);
  });
});
