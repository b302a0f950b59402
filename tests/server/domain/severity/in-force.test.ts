/** How a person's grade and a story's growth combine. */
import { describe, expect, it } from 'vitest';
import { belowFloor, differs, overridden, severityInForce } from '../../../../server/domain/severity/in-force.ts';
import { graver, gradeRank, grades, type Grade } from '../../../../shared/incidents/grades.ts';
import type { SeverityView } from '../../../../shared/incidents/severity.ts';
import { gradeOfScore, type Severity } from '../../../../shared/incidents/severity-of.ts';
import { defaultSeverity } from '../../../../shared/incidents/severity-policy.ts';
import { seededRandom } from '../../../helpers/random.ts';
import { testSeed } from '../../../helpers/seed.ts';

const computed = (score: number, floor: Grade | null = null): Severity => ({
  grade: graver(gradeOfScore(score, defaultSeverity.thresholds), floor ?? 'blue'),
  score,
  parts: [],
  floor: floor === null ? null : { topic: 'safety', grade: floor },
});
const fresh = (severity: Severity): SeverityView => severityInForce(severity, null, defaultSeverity);
const set = (view: SeverityView, grade: Grade): SeverityView => overridden(view, { grade, by: '林悦', reason: '看过了', at: 1 });
const grown = (view: SeverityView, severity: Severity): SeverityView => severityInForce(severity, view.override, defaultSeverity);

describe('a grade set by a person [SV5]', () => {
  it('holds while the story stays below it', () => {
    const raised = set(fresh(computed(30)), 'red');
    expect(raised).toMatchObject({ grade: 'red', computed: 'yellow', override: { computed: 'yellow', score: 30 } });
    expect(grown(raised, computed(60))).toMatchObject({ grade: 'red', computed: 'orange', override: { grade: 'red' } });
  });
  it('ends when the computed grade rises above it', () => {
    const raised = set(fresh(computed(10)), 'yellow');
    expect(grown(raised, computed(30))).toMatchObject({ grade: 'yellow', override: { grade: 'yellow' } });
    expect(grown(raised, computed(50))).toMatchObject({ grade: 'orange', override: null });
  });
  it('that lowers a story holds although the computed grade is above it, until the score has grown', () => {
    const lowered = set(fresh(computed(46)), 'yellow');
    expect(grown(lowered, computed(60))).toMatchObject({ grade: 'yellow', computed: 'orange' });
    expect(grown(lowered, computed(61))).toMatchObject({ grade: 'orange', override: null });
    expect(grown(lowered, computed(72))).toMatchObject({ grade: 'red', override: null });
  });
  it('that lowered a red story ends by growth too', () => {
    const lowered = set(fresh(computed(80)), 'blue');
    expect(grown(lowered, computed(94)).grade).toBe('blue');
    expect(grown(lowered, computed(95)).grade).toBe('red');
  });
  it('holds when the story shrinks', () => {
    expect(grown(set(fresh(computed(50)), 'red'), computed(5)).grade).toBe('red');
  });
  it('never goes below a floor, also one that comes later [SV2]', () => {
    const safety = fresh(computed(30, 'orange'));
    expect(belowFloor(safety, 'yellow')).toBe(true);
    expect(belowFloor(safety, 'orange')).toBe(false);
    expect(set(safety, 'blue').grade).toBe('orange');
    expect(grown(set(fresh(computed(30)), 'yellow'), computed(30, 'orange')).grade).toBe('orange');
  });
  it('is never below the floor, nor below the computed grade of a story without it (any story) [SV2, SV5]', () => {
    const seed = testSeed('overrides');
    const random = seededRandom(seed);
    for (let i = 0; i < 2_000; i++) {
      const floor = random.pick([null, 'orange', 'red'] as const);
      let view = fresh(computed(random.below(100), floor));
      for (let step = 0; step < 6; step++) {
        view = random.chance(0.4) ? set(view, random.pick(grades)) : grown(view, computed(random.below(120), floor));
        expect(gradeRank(view.grade), `seed ${seed}`).toBeGreaterThanOrEqual(gradeRank(floor ?? 'blue'));
        if (view.override === null) expect(view.grade, `seed ${seed}`).toBe(view.computed);
      }
    }
  });
});

it('a severity differs where people would see another one', () => {
  const view = fresh(computed(30));
  expect(differs(view, fresh(computed(30)))).toBe(false);
  expect(differs(view, fresh(computed(31)))).toBe(true);
  expect(differs(view, set(view, 'yellow'))).toBe(true);
});
