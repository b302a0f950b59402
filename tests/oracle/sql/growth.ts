/**
 * K4: (now − base) ÷ base of every KPI whose parts are sums. The base is the like period before or the one a year earlier, whole for a
 * whole period and after the same elapsed time for a running one (R19, R27); a base of 0 or none gives no growth.
 */
import { emptyOf, type OracleFigure, type OracleKpi } from './kpi.ts';

export function growthOf(kpi: OracleKpi, base: 'previous' | 'year'): OracleFigure {
  const empty = emptyOf(kpi) ?? 'null';
  return {
    id: `${base === 'previous' ? 'growth' : 'growth_yoy'}.${kpi.id}`,
    figure: `
      with pair as (select q, base_q from (select base_of as q, q as base_q from asked where base = '${base}')),
      now as (select q, base_q, t.* exclude (q) from pair join "kpi_${kpi.id}" t using (q)),
      before as (select pair.q, base_q, t.* exclude (q) from pair join "kpi_${kpi.id}" t on t.q = base_q),
      spine as (select q, cell from now union select q, cell from before),
      figures as (
        select spine.q, spine.cell, case when now.q is null then ${empty} else now.value end as value,
          case when before.q is null then ${empty} else before.value end as base, now.reason
        from spine left join now on now.q = spine.q and now.cell is not distinct from spine.cell
        left join before on before.q = spine.q and before.cell is not distinct from spine.cell
      )
      select q, cell, case when base > 0 then (value - base) / base end as value, value - base as numerator, base as denominator,
        case when value is null then coalesce(reason, 'no_denominator') when base is null or base <= 0 then 'no_base' end as reason
      from figures`,
  };
}
