/** Who owes what, person by person: the order in which a meeting goes through them. Pure. */
import type { DueRow, StandupDay } from '../../shared/standup/types.ts';

export interface PersonPart {
  readonly who: string;
  /** Unanswered ones whose date is over, or that were carried from earlier days. */
  readonly toAnswer: readonly DueRow[];
  readonly today: readonly DueRow[];
  readonly later: readonly DueRow[];
  /** What was answered of what fell due since the last workday, or today. */
  readonly answered: readonly DueRow[];
}

/** Those with something to answer first, then those with something due today, then the others; each group by name. */
export function partsByPerson({ before, carried, today, later }: StandupDay): PersonPart[] {
  const open = ({ state }: DueRow) => state === 'open';
  const parts = new Map<string, { toAnswer: DueRow[]; today: DueRow[]; later: DueRow[]; answered: DueRow[] }>();
  const of = (who: string) => {
    const found = parts.get(who) ?? { toAnswer: [], today: [], later: [], answered: [] };
    parts.set(who, found);
    return found;
  };
  for (const row of carried) of(row.who)[open(row) ? 'toAnswer' : 'answered'].push(row);
  for (const row of before.rows) of(row.who)[open(row) ? 'toAnswer' : 'answered'].push(row);
  for (const row of today.rows) of(row.who)[open(row) ? 'today' : 'answered'].push(row);
  for (const row of later) if (open(row)) of(row.who).later.push(row);
  const rank = ({ toAnswer, today: due }: Pick<PersonPart, 'toAnswer' | 'today'>) => (toAnswer.length > 0 ? 0 : due.length > 0 ? 1 : 2);
  return [...parts].map(([who, part]) => ({ who, ...part })).sort((a, b) => rank(a) - rank(b) || a.who.localeCompare(b.who, 'zh-CN'));
}
