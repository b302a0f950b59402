/** The oracle's answers: every KPI's SQL over the tables of facts of some sets and questions. */
import type { EventSet } from './events/delivery.ts';
import { openWorld, type Clock, type Question } from './facts/world.ts';
import type { Recounted, RecountedCells } from './compare.ts';
import { oracleKpis } from './sql/all.ts';
import { emptyOf, tableOf } from './sql/kpi.ts';

export interface Recount {
  /** What a KPI is for a question, and what it was when the question's period closed. */
  of(kpi: string, q: number): Answers;
}
export interface Answers {
  readonly now: RecountedCells;
  /** undefined while the period is not closed, and for history nobody closed. */
  readonly closed: RecountedCells | undefined;
  readonly state: string;
  /** The value of a cell in which nothing happened. */
  readonly empty: number | null;
}

const none: RecountedCells = new Map();

export async function recount(sets: readonly EventSet[], questions: readonly Question[], clocks: readonly Clock[]): Promise<Recount> {
  const database = await openWorld(sets, questions, clocks);
  try {
    const answers = new Map<string, Map<string | null, Recounted>>();
    for (const kpi of oracleKpis) {
      await database.run(tableOf(kpi));
      const rows = await database.rows(`select t.* from "kpi_${kpi.id}" t join asked using (q) where base is null or base = 'closed'`);
      for (const { q, cell, ...figure } of rows) {
        const key = `${kpi.id} ${String(q)}`;
        const cells = answers.get(key) ?? new Map<string | null, Recounted>();
        answers.set(key, cells.set(text(cell), { ...number(figure), reason: text(figure['reason']) }));
      }
    }
    const states = await database.rows(`
      select q.q, closed.q as closed, case when least(q.as_of, q.known_at) < q.to_at then 'live'
        when closed.q is not null or q.to_at <= q.made_at then 'closed' else 'settling' end as state
      from asked q left join asked closed on closed.base_of = q.q and closed.base = 'closed' where q.base is null`);
    const byQuestion = new Map(states.map((row) => [row['q'], { state: text(row['state']), closed: amount(row['closed']) }]));
    const empty = new Map(oracleKpis.map((kpi) => [kpi.id, emptyOf(kpi)]));
    return {
      of(kpi, q) {
        const { state, closed } = byQuestion.get(q) ?? { state: null, closed: null };
        return {
          state: state ?? '',
          now: answers.get(`${kpi} ${q}`) ?? none,
          closed: closed === null ? undefined : (answers.get(`${kpi} ${closed}`) ?? none),
          empty: empty.get(kpi) ?? null,
        };
      },
    };
  } finally {
    database.close();
  }
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const amount = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));
const number = (row: Record<string, unknown>) => ({
  value: amount(row['value']),
  numerator: amount(row['numerator']),
  denominator: amount(row['denominator']),
});
