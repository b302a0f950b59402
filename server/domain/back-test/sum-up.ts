/** Cases of a replay as the figures people compare. */
import type { BackTestResult, BackTestRun } from '../../../shared/incidents/back-test.ts';
import { gradeRank, grades, type Grade } from '../../../shared/incidents/grades.ts';

/** What became of a stored incident. */
export interface StoryOutcome {
  readonly code: string;
  readonly status: string;
  /** Its earliest publication, UTC ms. */
  readonly publishedAt: number;
  /** How long after it opened somebody took it, and answered it; null while nobody has. */
  readonly claimedAfterMs: number | null;
  readonly answeredAfterMs: number | null;
}
export type OutcomeOf = (incidentId: string) => StoryOutcome | undefined;

/** A case of any rule: a story, or a spike. */
export interface CountedCase {
  readonly at: number;
  readonly title: string;
  readonly grade: Grade;
  readonly incidentId: string | null;
}

export interface DayAndHour {
  /** YYYY-MM-DD */
  readonly day: string;
  readonly hour: number;
}

type Counted = Pick<BackTestRun, 'cases' | 'casesByHour' | 'casesByDay' | 'grades' | 'falseShare' | 'decided'>;

export function countCases(cases: readonly CountedCase[], placeOf: (at: number) => DayAndHour, outcomeOf: OutcomeOf): Counted {
  const casesByHour = Array.from({ length: 24 }, () => 0);
  const byDay = new Map<string, number>();
  const byGrade = new Map<Grade, number>();
  let [decided, wrong] = [0, 0];
  for (const { at, grade, incidentId } of cases) {
    const { day, hour } = placeOf(at);
    casesByHour[hour] = (casesByHour[hour] ?? 0) + 1;
    byDay.set(day, (byDay.get(day) ?? 0) + 1);
    byGrade.set(grade, (byGrade.get(grade) ?? 0) + 1);
    const status = incidentId === null ? undefined : outcomeOf(incidentId)?.status;
    if (status === 'false_alarm') wrong += 1;
    if (status === 'false_alarm' || status === 'resolved') decided += 1;
  }
  return {
    cases: cases.length,
    casesByHour,
    casesByDay: [...byDay].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, count]) => ({ day, cases: count })),
    grades: { blue: 0, yellow: 0, orange: 0, red: 0, ...Object.fromEntries(byGrade) },
    falseShare: decided === 0 ? null : wrong / decided,
    decided,
  };
}

const DIFFERING_MOST = 50;

/** Cases that only one rule makes, or that the two grade otherwise; those that change the most first. */
export function differences(
  inForce: ReadonlyMap<string, CountedCase>,
  proposed: ReadonlyMap<string, CountedCase>,
  outcomeOf: OutcomeOf,
): Pick<BackTestResult, 'differs' | 'differing'> {
  const rankOf = (grade: Grade | null): number => (grade === null ? -1 : gradeRank(grade));
  const all = [...new Set([...inForce.keys(), ...proposed.keys()])].flatMap((name) => {
    const [now, then] = [inForce.get(name), proposed.get(name)];
    const one = then ?? now;
    if (one === undefined || (now !== undefined && then !== undefined && now.grade === then.grade)) return [];
    const { incidentId, title } = one;
    const code = incidentId === null ? null : (outcomeOf(incidentId)?.code ?? null);
    return [{ incidentId, code, title, inForce: now?.grade ?? null, proposed: then?.grade ?? null }];
  });
  const weight = (row: (typeof all)[number]): number =>
    Math.max(rankOf(row.inForce), rankOf(row.proposed)) * grades.length + Math.abs(rankOf(row.inForce) - rankOf(row.proposed));
  all.sort((a, b) => weight(b) - weight(a));
  return { differs: all.slice(0, DIFFERING_MOST), differing: all.length };
}
