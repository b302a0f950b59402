/** What new customers and valid leads cost (K12, K13), by channel: the largest spenders, and one row of all others. */
import type { KpiValue } from '../../../shared/kpi/types.ts';
import type { CostRow } from '../../../shared/wire/views/funnel.ts';
import { ratio } from '../kpis/figures.ts';
import { withRest } from './row-caps.ts';

/** @param values of CAC and CPL of the whole, then of CAC and CPL by channel */
export function costRows(
  [cacWhole, cplWhole, cac = [], cpl = []]: readonly (readonly KpiValue[])[],
  most: number,
): { readonly whole: CostRow; readonly rows: readonly CostRow[] } {
  const channelOf = ({ dimension }: KpiValue) => dimension?.channel ?? null;
  const leads = new Map(cpl.map((value) => [channelOf(value), value]));
  const customers = new Map(cac.map((value) => [channelOf(value), value]));
  const channels = [...new Set([...customers.keys(), ...leads.keys()])];
  const rows = channels
    .map((channel) => row(channel, customers.get(channel), leads.get(channel)))
    .filter(({ spend }) => spend !== 0)
    .sort((a, b) => (b.spend ?? Infinity) - (a.spend ?? Infinity) || ((a.channel ?? '') < (b.channel ?? '') ? -1 : 1));
  const { shown, rest } = withRest(rows, most);
  return { whole: row(null, cacWhole?.[0], cplWhole?.[0]), rows: rest.length === 0 ? shown : [...shown, together(rest)] };
}

function row(channel: string | null, cac: KpiValue | undefined, cpl: KpiValue | undefined): CostRow {
  return {
    ...{ channel, others: 0, spend: cac ? cac.numerator : (cpl?.numerator ?? 0) },
    ...{ customers: cac?.sample ?? 0, cac: cac?.value ?? null, leads: cpl?.sample ?? 0, cpl: cpl?.value ?? null },
  };
}

function together(rest: readonly CostRow[]): CostRow {
  const spends = rest.map(({ spend }) => spend);
  const sum = (of: (row: CostRow) => number): number => rest.reduce((total, one) => total + of(one), 0);
  const spend = spends.includes(null) ? null : sum((one) => one.spend ?? 0);
  const [customers, leads] = [sum((one) => one.customers), sum((one) => one.leads)];
  const each = (count: number) => (spend === null ? null : ratio(spend, count, count).value);
  return { channel: null, others: rest.length, spend, customers, cac: each(customers), leads, cpl: each(leads) };
}
