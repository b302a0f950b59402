/** How a KPI's value is written, by its unit. Pure. */
import type { KpiValue } from '../../shared/kpi/types.ts';
import type { MoneyWords } from './money.ts';
import { factor, fullCount, percent, scaled, trueMinus, type Figure, type Scale } from './scale.ts';

/** Ratios that people read as “times”, not as a percentage. */
const factors = new Set(['roas', 'break_even_roas', 'sales_pace', 'budget_pacing', 'spread_index', 'spread_conversion', 'word_of_mouth']);

export type KpiShape = 'money' | 'percent' | 'factor' | 'count' | 'score';

export function shapeOf(kpi: string, unit: KpiValue['unit']): KpiShape {
  // Growth of anything is a share, also that of a factor.
  if (/^growth(_yoy)?\./u.test(kpi)) return 'percent';
  if (unit.startsWith('minor')) return 'money';
  if (unit === 'count') return 'count';
  if (unit === 'ratio') return factors.has(kpi) ? 'factor' : 'percent';
  return 'score';
}

/** The figure with its unit apart, so that the unit can be set smaller. */
export function kpiFigure(shape: KpiShape, value: number, money: MoneyWords, scale: Scale): Figure {
  switch (shape) {
    case 'money':
      return money.parts(value);
    case 'percent':
      return { figure: percent(value), unit: '%' };
    case 'factor':
      return { figure: factor(value), unit: '' };
    case 'count':
      return scaled(value, scale);
    case 'score':
      return { figure: percent(value * 0.01), unit: '' };
  }
}

/** With every digit that says something, for titles and copies. */
export function kpiFull(shape: KpiShape, value: number, money: MoneyWords): string {
  switch (shape) {
    case 'money':
      return money.full(value);
    case 'percent':
      return `${trueMinus((value * 100).toLocaleString('en-US', { maximumFractionDigits: 4 }))}%`;
    case 'count':
      return fullCount(value);
    case 'factor':
    case 'score':
      return trueMinus(value.toLocaleString('en-US', { maximumFractionDigits: 6 }));
  }
}

/** As programs and spreadsheets want it: money in whole units of the currency, a percentage as its ratio. */
export function kpiPlain(shape: KpiShape, value: number, money: MoneyWords): number {
  return shape === 'money' ? money.units(value) : value;
}

export interface CellQuery {
  readonly kpi: string;
  readonly period: string;
  readonly where: readonly string[];
}

/** The dimension of a value in the form of `where`: `channel:京东`; nothing after the colon means “without a value”. */
export function whereOf(dimension: KpiValue['dimension']): readonly string[] {
  return Object.entries(dimension ?? {}).map(([dim, value]) => `${dim}:${value ?? ''}`);
}

/** The address of the page of a number. */
export function numberAddress({ kpi, period, where }: CellQuery): string {
  const query = new URLSearchParams([['period', period], ...where.map((cell) => ['where', cell])]);
  return `/kpis/${encodeURIComponent(kpi)}?${query.toString()}`;
}
