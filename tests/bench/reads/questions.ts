/** Every KPI there is, whole and by each of its dimensions, asked of the server and of the bare table in turn. */
import { kpiDefinitions } from '../../../server/domain/kpis/registry.ts';
import type { KpiValue } from '../../../shared/kpi/types.ts';
import type { WarRoom } from '../../helpers/war-room.ts';
import { quantile } from '../statistics.ts';
import type { Bare, BareAnswer, Cut } from './bare.ts';
import { kpi } from './server-side.ts';

export interface AskedCut {
  readonly name: string;
  readonly cut: Cut;
  /** As query parameters of the API. */
  readonly query: string;
}
export interface Measured {
  readonly kpi: string;
  readonly by: string | null;
  readonly ms: number;
  readonly bareMs: number;
}
export interface CutReport {
  readonly name: string;
  readonly measured: readonly Measured[];
  readonly wrong: readonly string[];
  /** KPIs nobody has written in SQL by hand. */
  readonly unknown: readonly string[];
}

export async function askAll(room: WarRoom, bare: Bare, options: { month: string; cut: AskedCut; tries: number }): Promise<CutReport> {
  const { month, cut, tries } = options;
  const measured: Measured[] = [];
  const wrong: string[] = [];
  const unknown = new Set<string>();
  for (const { id, dimensions } of kpiDefinitions) {
    for (const by of [null, ...dimensions]) {
      const question = { kpi: id, by, cut: cut.cut };
      const query = `grain=month&period=${month}&kpi=${id}${by === null ? '' : `&by=${by}`}${cut.query}`;
      const ours: number[] = [];
      const theirs: number[] = [];
      // The first of each is dropped: it warms what stays warm.
      for (let n = 0; n <= tries; n++) {
        const answer = await kpi(room, query);
        const from = performance.now();
        const expected = await bare.ask(question);
        const bareMs = performance.now() - from;
        if (expected === undefined) unknown.add(id);
        if (n === 0) {
          if (expected)
            wrong.push(
              ...differences(answer.values, expected).map((text) => `${id}${by === null ? '' : ` by ${by}`} ${cut.name}: ${text}`),
            );
          continue;
        }
        ours.push(answer.ms);
        if (expected) theirs.push(bareMs);
      }
      measured.push({ kpi: id, by, ms: quantile(ours, 0.95), bareMs: quantile(theirs, 0.95) });
    }
  }
  return { name: cut.name, measured, wrong, unknown: [...unknown] };
}

function differences(values: readonly KpiValue[], expected: BareAnswer): string[] {
  const found: string[] = [];
  const cells = new Set<string | null>();
  for (const value of values) {
    const cell = value.dimension === null ? null : (Object.values(value.dimension)[0] ?? null);
    cells.add(cell);
    const bare = expected.get(cell);
    if (!bare) {
      if (value.numerator !== 0 && value.value !== 0 && value.value !== null)
        found.push(`the cell ${String(cell)} is not in the bare table`);
      continue;
    }
    const [first = Number.NaN, second] = bare;
    // A sum has its value; a ratio its parts, of which the bare query gives both or the numerator.
    const ours = value.numerator === null ? [value.value] : second === undefined ? [value.numerator] : [value.numerator, value.denominator];
    if (ours.some((figure, i) => figure !== (i === 0 ? first : second))) {
      found.push(`${String(cell)} is ${ours.join(' ÷ ')}, by hand ${bare.join(' ÷ ')}`);
    }
  }
  for (const [cell, figures] of expected)
    if (!cells.has(cell) && figures.some((figure) => figure !== 0)) found.push(`the cell ${String(cell)} is missing`);
  return found.slice(0, 3);
}
