/** Which rows of the campaigns are marked amber: those that lose money, then those far off their plan of spend, the worst five marks in all. */
import { budgetBand } from '../../../shared/kpi/budget-bands.ts';
import type { RunRow } from '../../../shared/wire/views/campaigns.ts';

const MOST = 5;
/** Less money than this share of the budget is not worth a look. */
const LEAST_OF_BUDGET = 0.02;

export interface RunMarks {
  readonly flagged: ReadonlySet<string>;
  readonly paced: ReadonlySet<string>;
}

/** Rows come with the worst first. */
export function runMarks(rows: readonly RunRow[]): RunMarks {
  const flagged = rows.filter(({ flag }) => flag !== null).slice(0, MOST);
  const paced = rows.filter(isOff).slice(0, MOST - flagged.length);
  const ids = (of: readonly RunRow[]) => new Set(of.map(({ campaignId }) => campaignId));
  return { flagged: ids(flagged), paced: ids(paced) };
}

function isOff({ pacing, spend, budget, elapsed, phase }: RunRow): boolean {
  if (pacing === null || spend === null || phase === 'before' || !budgetBand(pacing).startsWith('far')) return false;
  return Math.abs(spend - budget * elapsed) >= budget * LEAST_OF_BUDGET;
}
