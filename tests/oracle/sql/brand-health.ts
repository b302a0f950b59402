/** K19: Σ w · part ÷ Σ w over the parts that have a value, each linear between its floor and its goal and drawn into 0–100. */
import type { OracleFigure } from './kpi.ts';

const parts = [
  { table: 'net_sentiment', weight: 30, floor: -0.5, goal: 0.5 },
  { table: 'share_of_voice', weight: 20, floor: 0, goal: 0.4 },
  { table: 'growth.own_mentions', weight: 15, floor: -0.5, goal: 0.5 },
  { table: 'sla_compliance', weight: 20, floor: 0.5, goal: 1 },
  { table: 'word_of_mouth', weight: 15, floor: 0, goal: 0.2 },
];

const double = (n: number): string => `cast(${n} as double)`;
const points = parts.map(
  ({ floor, goal }, i) =>
    `greatest(0, least(100, ${double(100)} * (p${i}.value - ${double(floor)}) / (${double(goal)} - ${double(floor)})))`,
);
const sum = (terms: readonly string[]): string => terms.map((term) => `coalesce(${term}, 0)`).join(' + ');

export const brandHealth: OracleFigure = {
  id: 'brand_health',
  figure: `
    with scored as (
      select asked.q, ${sum(points.map((one, i) => `${double(parts[i]?.weight ?? 0)} * case when p${i}.value is not null then ${one} end`))} as n,
        ${sum(parts.map(({ weight }, i) => `case when p${i}.value is not null then ${double(weight)} end`))} as d
      from asked ${parts.map(({ table }, i) => `left join "kpi_${table}" p${i} on p${i}.q = asked.q`).join('\n      ')}
      where by_dim is null and where_dim is null
    )
    select q, null as cell, n as numerator, d as denominator, quotient(n, d) as value, no_quotient(d) as reason from scored`,
};
