/** Which grade holds: what the parts come to, or what a person set, and how long a person's word stands while a story grows. */
import { graver, gradeRank, type Grade } from '../../../shared/incidents/grades.ts';
import type { SeverityView } from '../../../shared/incidents/severity.ts';
import type { Severity } from '../../../shared/incidents/severity-of.ts';
import type { SeverityPolicy } from '../../../shared/incidents/severity-policy.ts';

type Override = NonNullable<SeverityView['override']>;

/**
 * A person's grade ends when the story is graver than anything that person can have meant: its computed grade has risen
 * above both the grade they set and the one that was computed then; or, where they lowered the story, its score has grown
 * by `overrideEndsAfterPoints` since. Shrinking ends nothing.
 */
function stands(override: Override, { grade, score }: Severity, { overrideEndsAfterPoints }: SeverityPolicy): boolean {
  if (gradeRank(grade) > Math.max(gradeRank(override.grade), gradeRank(override.computed))) return false;
  const lowered = gradeRank(override.grade) < gradeRank(override.computed);
  return !(lowered && score >= override.score + overrideEndsAfterPoints);
}

export function severityInForce(computed: Severity, before: SeverityView['override'], policy: SeverityPolicy): SeverityView {
  const { grade, score, parts, floor } = computed;
  const override = before !== null && stands(before, computed, policy) ? before : null;
  const least = floor?.grade ?? 'blue';
  return { grade: override === null ? grade : graver(override.grade, least), computed: grade, score, parts, floor, override };
}

/** The severity after a person set a grade; a floor holds for people too (`belowFloor`). */
export function overridden(before: SeverityView, set: Pick<Override, 'grade' | 'by' | 'reason' | 'at'>): SeverityView {
  const { computed, score, floor } = before;
  return { ...before, grade: graver(set.grade, floor?.grade ?? 'blue'), override: { ...set, computed, score } };
}

/** True where a person asks for less than the floor of the story's topic: a wrong topic is mended in the word lists. */
export function belowFloor({ floor }: SeverityView, grade: Grade): boolean {
  return floor !== null && gradeRank(grade) < gradeRank(floor.grade);
}

/** True where people would see another severity: another grade, other points, another floor, or a word that ended. */
export function differs(a: SeverityView, b: SeverityView): boolean {
  return JSON.stringify(shown(a)) !== JSON.stringify(shown(b));
}
const shown = ({ grade, computed, score, parts, floor, override }: SeverityView) => [
  grade,
  computed,
  score,
  parts.map(({ part, points, basis }) => [part, points, part === 'strength' ? null : basis]),
  floor && [floor.topic, floor.grade],
  override && [override.grade, override.at],
];
