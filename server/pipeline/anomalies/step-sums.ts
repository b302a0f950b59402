/** Sums of watched figures by step, out of one question for each stretch of time. */
import { brandKey } from '../../../shared/text/brand-key.ts';
import { figureOf, type Watched } from '../../domain/anomalies/watched.ts';
import type { FamilyName } from '../../domain/ledger/registry.ts';
import type { LedgerReads, SumQuestion, SumRow } from '../ports/ledger.ts';

/** Half-open, in steps. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Overlapping and near stretches as one: a question costs more than some days nobody needs. */
export function joined(stretches: readonly Stretch[], gap: number): readonly Stretch[] {
  const found: { from: number; to: number }[] = [];
  for (const { from, to } of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = found.at(-1);
    if (last && from - last.to <= gap) last.to = Math.max(last.to, to);
    else found.push({ from, to });
  }
  return found;
}

export interface StepSums {
  /** The figure's sums of steps [from, to). */
  steps(figure: Watched, from: number, to: number): number[];
  /** Whether any row of the family, whatever it counts, lies in [from, to). */
  holdsData(from: number, to: number): boolean;
}

export async function readSteps(
  ledger: Pick<LedgerReads, 'ask'>,
  { family, figures }: { readonly family: FamilyName; readonly figures: readonly Watched[] },
  stretches: readonly Stretch[],
  own: readonly string[],
): Promise<StepSums> {
  const byBrand = figures.some((figure) => figure.ownBrands);
  const range = { ask: 'sums', family, unit: 'step', where: [], by: byBrand ? ['brand'] : [], perBucket: true } as const;
  const answers = await ledger.ask(stretches.map(({ from, to }): SumQuestion => ({ ...range, from, to })));
  const keys = new Set(own.map(brandKey));
  const rows = new Map<number, SumRow[]>();
  for (const row of answers.flat()) {
    if (!('measures' in row) || row.bucket === null) continue;
    const there = rows.get(row.bucket);
    if (there) there.push(row);
    else rows.set(row.bucket, [row]);
  }
  const counts = (figure: Watched, { dims: [brand = null] }: SumRow): boolean =>
    figure.ownBrands === undefined || (brand !== null && keys.has(brandKey(brand)));
  return {
    steps: (figure, from, to) =>
      Array.from({ length: Math.max(0, to - from) }, (_, i) =>
        (rows.get(from + i) ?? []).reduce((sum, row) => sum + (counts(figure, row) ? figureOf(figure, row.measures) : 0), 0),
      ),
    holdsData(from, to) {
      for (let step = from; step < to; step += 1) if (rows.has(step)) return true;
      return false;
    },
  };
}
