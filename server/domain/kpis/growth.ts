/**
 * K4 growth of a KPI: (now − base) ÷ base, against the like period before or the one a year earlier. A running period is held
 * against its base as that one stood after the same elapsed time, a whole one against the whole (R19, R27).
 */
import { baseAsOf, yearEarlier } from '../time/base-period.ts';
import { elapsedShare, previousPeriod, type Period } from '../time/period.ts';
import type { CellInput, Figure, KpiContext, KpiDefinition, Part, Parts, Read, Term, Words } from './definition.ts';

interface Against {
  readonly prefix: string;
  readonly suffix: Words;
  readonly words: Words;
  base(period: Period): Period;
}

const previous: Against = {
  prefix: 'growth.',
  suffix: { zh: '环比增长', en: 'growth' },
  words: { zh: '上一个同类期间', en: 'the like period before' },
  base: previousPeriod,
};
const yearAgo: Against = {
  prefix: 'growth_yoy.',
  suffix: { zh: '同比增长', en: 'growth on the year' },
  words: { zh: '上年同期', en: 'the like period a year earlier' },
  base: yearEarlier,
};

/** Both growths of a KPI; none of a forecast, which is no figure of its period yet. */
export function growthsOf(kpi: KpiDefinition): readonly KpiDefinition[] {
  return kpi.parts ? [growthOf(kpi, previous), growthOf(kpi, yearAgo)] : [];
}

function growthOf(kpi: KpiDefinition, against: Against): KpiDefinition {
  return {
    id: `${against.prefix}${kpi.id}`,
    name: { zh: `${kpi.name.zh}${against.suffix.zh}`, en: `${kpi.name.en}, ${against.suffix.en}` },
    formula: {
      zh: `（本期${kpi.name.zh} − ${against.words.zh}）÷ ${against.words.zh}；期间未结束时，比较期取相同已过时间。`,
      en: `(${kpi.name.en} of the period − that of ${against.words.en}) ÷ the latter, which is cut at the same elapsed time while the period runs.`,
    },
    version: kpi.version,
    unit: 'ratio',
    better: kpi.better,
    dimensions: kpi.dimensions,
    ...(kpi.readings && { readings: kpi.readings }),
    ...(kpi.restOf && { restOf: kpi.restOf }),
    ...(kpi.ofCampaignPlans && { ofCampaignPlans: true }),
    reads: (context) => ({ ...kpi.reads(context), ...baseReads(kpi, baseOf(context, against)) }),
    ...(kpi.shape === 'sum' && { parts: (context: KpiContext) => growthParts(kpi, context, baseOf(context, against)) }),
    compute: (cell, context) => growth(kpi.compute(cell, context), kpi.compute(baseCell(cell), baseOf(context, against))),
  };
}

/** The context of the base; a running period's base is looked at up to the same elapsed time. */
function baseOf(context: KpiContext, against: Against): KpiContext {
  const { calendar, readingsBook } = context;
  const period = against.base(context.period);
  const asOf = Math.min(context.asOf, baseAsOf(calendar, context.period, period, context.asOf) ?? context.asOf);
  const { readings } = readingsBook.on(period.from);
  return { ...context, period, asOf, elapsed: elapsedShare(calendar, period, asOf), readings };
}

const named = (read: string): string => `base ${read}`;

function baseReads(kpi: KpiDefinition, base: KpiContext): Record<string, Read> {
  const reads = Object.entries(kpi.reads(base));
  return Object.fromEntries(reads.map(([name, read]) => [named(name), { ...read, asOf: Math.min(read.asOf ?? base.asOf, base.asOf) }]));
}

const baseRows = (cell: Pick<CellInput, 'rows'>): Pick<CellInput, 'rows'> => ({ rows: (read) => cell.rows(named(read)) });

/** The cell as the KPI sees it in the base. */
function baseCell(cell: CellInput): CellInput {
  return {
    ...cell,
    ...baseRows(cell),
    distinct: (read) => cell.distinct(named(read)),
    followed: (read) => cell.followed(named(read)),
    part: (part) => cell.part(part.map((term) => inBase(term))),
  };
}

function inBase(term: Term, sign = 1): Term {
  if ('target' in term) {
    const { share } = term;
    const scaled = typeof share === 'number' ? share * sign : (cell: Pick<CellInput, 'rows'>) => share(baseRows(cell)) * sign;
    return { ...term, share: scaled };
  }
  return { ...term, read: named(term.read), factor: term.factor * sign };
}

function growthParts(kpi: KpiDefinition, context: KpiContext, base: KpiContext): Parts {
  const [now, then] = [valueOf(kpi, context), valueOf(kpi, base)];
  return { numerator: [...now, ...then.map((term) => inBase(term, -1))], denominator: then.map((term) => inBase(term)) };
}

function valueOf(kpi: KpiDefinition, context: KpiContext): Part {
  const parts = kpi.parts?.(context);
  if (!parts || !('value' in parts)) throw new Error(`${kpi.id} is no sum`);
  return parts.value;
}

function growth(now: Figure, base: Figure): Figure {
  const { sample } = now;
  const unknown = now.value === null ? now.reason : base.reason === 'overflow' ? base.reason : undefined;
  if (now.value === null || unknown === 'overflow')
    return { value: null, numerator: null, denominator: base.value, sample, ...(unknown && { reason: unknown }) };
  if (base.value === null) return { value: null, numerator: null, denominator: null, sample, reason: 'no_base' };
  const difference = now.value - base.value;
  const figure = { numerator: difference, denominator: base.value, sample };
  return base.value > 0 ? { ...figure, value: difference / base.value } : { ...figure, value: null, reason: 'no_base' };
}
