/** K24: spend by line ÷ the budget of the year; the line without a value is what is not allocated to any. */
import { sumOver, type OracleFigure } from './kpi.ts';

export const budgetMix: OracleFigure = {
  id: 'budget_mix',
  figure: `
    with spent as (${sumOver('spend', 'amount')}), everything as (
      select q, sum(amount) as value from spend join asked using (q) where in_period(spend.day, from_day, to_day) group by all
    ), annual as (
      select q, arg_max(value, set_at) as value from asked join target using (seed)
      where kpi = 'budget' and target.grain = 'year' and target.period = cast(year(from_day) as varchar) and dim is null and set_at <= known_at group by all
    ), spine as (
      select q, cell from spent
      -- A line that had spend when the period closed is shown beside what it has now, and the other way round.
      union select a.q, spent.cell from asked a join asked b on (b.base = 'closed' and b.base_of = a.q) or (a.base = 'closed' and a.base_of = b.q) join spent on spent.q = b.q
      union select q, null from asked where by_dim is null or by_dim = 'line'
    ), pair as (
      select spine.q, spine.cell, cast(annual.value as double) as d,
        cast(case when (by_dim = 'line' and spine.cell is null) or (where_dim = 'line' and where_value is null)
          then annual.value - coalesce(everything.value, 0) else coalesce(spent.value, 0) end as double) as n
      from spine join asked using (q)
      left join spent on spent.q = spine.q and spent.cell is not distinct from spine.cell
      left join everything on everything.q = spine.q
      left join annual on annual.q = spine.q
    )
    select q, cell, n as numerator, d as denominator, quotient(n, d) as value, case when d is null then 'no_target' else no_quotient(d) end as reason from pair`,
};
