/** K2: K1 ÷ target of the period (R22). Pace and landing are learnt from history and stand in tests of their own. */
import { sumOver, type OracleFigure } from './kpi.ts';

export const salesAttainment: OracleFigure = {
  id: 'sales_attainment',
  figure: `
    with net as (${sumOver('money', 'amount')}),
    goal as (
      select q, case when by_dim = 'channel' then channel end as cell, value
      from asked join target using (seed, grain, period)
      where kpi = 'net_sales' and base is null and channel is not distinct from case when where_dim = 'channel' then where_value when by_dim = 'channel' then channel end
        and (where_dim is null or (where_dim = 'channel' and by_dim is null)) and (by_dim is null or (by_dim = 'channel' and channel is not null))
    ), spine as (select q, cell from net union select q, cell from goal union select q, null from asked where by_dim is null)
    select spine.q, spine.cell, quotient(coalesce(net.value, 0), goal.value) as value, cast(coalesce(net.value, 0) as double) as numerator,
      cast(goal.value as double) as denominator, case when goal.value is null then 'no_target' end as reason
    from spine left join net on net.q = spine.q and net.cell is not distinct from spine.cell
    left join goal on goal.q = spine.q and goal.cell is not distinct from spine.cell`,
};
