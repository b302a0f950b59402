/** The oracle's answers: every KPI's SQL over the tables of facts of some sets and questions. */
import type { EventSet } from './events/delivery.ts';
import { openWorld, type Question } from './facts/world.ts';
import type { Recounted, RecountedCells } from './compare.ts';
import { oracleKpis } from './sql/all.ts';
import { tableOf } from './sql/kpi.ts';

export interface Recount {
  cells(kpi: string, q: number): RecountedCells;
  /** live, settling or closed, by the clock alone. */
  state(q: number): string;
}

const none: RecountedCells = new Map();

export async function recount(sets: readonly EventSet[], questions: readonly Question[]): Promise<Recount> {
  const database = await openWorld(sets, questions);
  try {
    const answers = new Map<string, Map<string | null, Recounted>>();
    for (const kpi of oracleKpis) {
      await database.run(tableOf(kpi));
      for (const { q, cell, ...figure } of await database.rows(
        `select t.* from "kpi_${kpi.id}" t join asked using (q) where base is null`,
      )) {
        const key = `${kpi.id} ${String(q)}`;
        const cells = answers.get(key) ?? new Map<string | null, Recounted>();
        answers.set(key, cells.set(text(cell), { ...number(figure), reason: text(figure['reason']) }));
      }
    }
    const states = await database.rows(
      `select q, case when as_of < to_at then 'live' when as_of < to_at + 48 * 3600000 then 'settling' else 'closed' end as state from asked where base is null`,
    );
    const byQuestion = new Map(states.map(({ q, state }) => [q, String(state)]));
    return { cells: (kpi, q) => answers.get(`${kpi} ${q}`) ?? none, state: (q) => byQuestion.get(q) ?? '' };
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
