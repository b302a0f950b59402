/** Asks which channel, category, region or platform moved a figure in a window: now, and in the same window of like days. */
import { brandKey } from '../../../shared/text/brand-key.ts';
import { moverOf, type Mover } from '../../domain/anomalies/mover.ts';
import { figureOf, type Watched } from '../../domain/anomalies/watched.ts';
import type { DimValue } from '../../domain/dim-value.ts';
import type { DistinctRow, LedgerReads, SumQuestion, SumRow } from '../ports/ledger.ts';
import type { Stretch } from './step-sums.ts';

export async function movedBy(
  ledger: Pick<LedgerReads, 'ask'>,
  figure: Watched,
  windows: { readonly unit: 'step' | 'day'; readonly now: Stretch; readonly like: readonly Stretch[]; readonly difference: number },
  own: readonly string[],
): Promise<Mover | undefined> {
  const { unit, now, like, difference } = windows;
  const range = { ask: 'sums', family: figure.family, unit, where: [] } as const;
  const brand = figure.ownBrands ? ['brand'] : [];
  const stretches = [now, ...like];
  const questions = figure.dims.flatMap((dim) =>
    stretches.map(({ from, to }): SumQuestion => ({ ...range, from, to, by: [dim, ...brand] })),
  );
  const answers = await ledger.ask(questions);
  const keys = new Set(own.map(brandKey));
  const cells = figure.dims.map((dimension, d) => {
    const [first = [], ...rest] = answers
      .slice(d * stretches.length, (d + 1) * stretches.length)
      .map((rows) => cellsOf(figure, rows, keys));
    return { dimension, now: new Map(first), like: rest.map((one) => new Map(one)) };
  });
  return moverOf(cells, difference);
}

function cellsOf(figure: Watched, rows: readonly (SumRow | DistinctRow)[], own: ReadonlySet<string>): ReadonlyMap<DimValue, number> {
  const cells = new Map<DimValue, number>();
  for (const row of rows) {
    if (!('measures' in row)) continue;
    const [value = null, brand = null] = row.dims;
    if (figure.ownBrands && (brand === null || !own.has(brandKey(brand)))) continue;
    cells.set(value, (cells.get(value) ?? 0) + figureOf(figure, row.measures));
  }
  return cells;
}
