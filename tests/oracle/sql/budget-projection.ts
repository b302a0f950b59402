/**
 * K23: actual + recent run-rate × remaining. Recent are the last 31 business days, or the period so far where that is shorter; a period
 * that is over is projected by what was spent.
 */
import type { OracleFigure } from './kpi.ts';

export const budgetProjection: OracleFigure = {
  id: 'budget_projection',
  empty: 0,
  figure: `
    with spent as (
      select q, cell, sum(amount) as actual, sum(case when day >= business_day(zone, as_of) - 30 then amount else 0 end) as recent
      from spend_cell where in_period(day, from_day, to_day) group by all
    ), spine as (
      select q, cell from spent union select q, cell from goal where kpi = 'budget' union select q, null from asked where by_dim is null
    ), timed as (
      select q, as_of, to_at, greatest(from_at, start_of_day(zone, business_day(zone, as_of) - 30)) as since from asked
    )
    select q, spine.cell, null as numerator, null as denominator,
      case when as_of >= to_at then cast(coalesce(actual, 0) as double)
        when as_of > since then coalesce(actual, 0) + cast(coalesce(recent, 0) as double) * (to_at - as_of) / (as_of - since) end as value,
      case when as_of < to_at and as_of <= since then 'no_base' end as reason
    from spine join timed using (q) left join spent on spent.q = timed.q and spent.cell is not distinct from spine.cell`,
};
