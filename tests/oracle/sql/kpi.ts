/**
 * How the oracle writes a KPI down: SQL over the tables of facts, with a row (q, cell, value) for each question and cell. `cell` is the
 * value of the asked dimension, and null for the whole.
 */
export interface OracleSum {
  readonly id: string;
  readonly value: string;
}

export interface OracleRatio {
  readonly id: string;
  readonly numerator: string;
  readonly denominator: string;
  /** SQL over `n`, `d`, `cell` and the columns of `asked` that tells why there is no value; default: a denominator of zero or less (R28). */
  readonly reason?: string;
}

/** A figure that is no quotient of two sums: rows (q, cell, value, numerator, denominator, reason). */
export interface OracleFigure {
  readonly id: string;
  readonly figure: string;
  /** The value of a cell in which nothing happened; default none. */
  readonly empty?: number;
}
export type OracleKpi = OracleSum | OracleRatio | OracleFigure;

/** The value of a cell in which nothing happened: sums are 0, quotients have none. */
export const emptyOf = (kpi: OracleKpi): number | null => ('value' in kpi ? 0 : 'figure' in kpi ? (kpi.empty ?? null) : null);

/** `select` of a sum over facts of the period, by cell. */
export const sumOver = (table: string, amount: string, where = 'true', day = 'day'): string =>
  `select q, cell, sum(${amount}) as value from ${table}_cell where in_period(${day}, from_day, to_day) and (${where}) group by all`;

/** `select` of a count of different things of the period, by cell. */
export const countOf = (table: string, thing: string, where = 'true'): string =>
  `select q, cell, count(distinct ${thing}) as value from ${table}_cell where in_period(day, from_day, to_day) and (${where}) group by all`;

/** Rows of the spine of cells: those of some parts, and the whole. */
const whole = 'select q, null as cell from asked where by_dim is null';

/** What belongs to campaigns: all of the whole but what belongs to none, which is a cell of its own where campaigns are asked for. */
export const ATTRIBUTED = 'attributed(campaign, by_dim, where_dim)';
export const noReturn = `case when (by_dim = 'campaign' and cell is null) or (where_dim = 'campaign' and where_value is null) then 'no_campaign'
  when true then no_quotient(d) end`;

/** Two parts added up. */
export const plus = (a: string, b: string): string => `select q, cell, sum(value) as value from (${a} union all ${b}) group by all`;

/** A sum ÷ what it is held against: SQL over `goal.value`, the target of the period, and the columns of `asked`. */
export const overGoal = (target: string, part: string, against: string): string => `
  with part as (${part}), aim as (select q, cell, value from goal where kpi = '${target}'),
  spine as (select q, cell from part union select q, cell from aim union ${whole}),
  pair as (
    select spine.q, spine.cell, cast(coalesce(part.value, 0) as double) as n, cast(${against} as double) as d
    from spine join asked using (q)
    left join part on part.q = spine.q and part.cell is not distinct from spine.cell
    left join aim as goal on goal.q = spine.q and goal.cell is not distinct from spine.cell
  )
  select q, cell, quotient(n, d) as value, n as numerator, d as denominator,
    case when d is null then 'no_target' else no_quotient(d) end as reason
  from pair`;

/** The table `kpi_<id>` with every question's cells; of the whole there is a row also where nothing happened. */
export function tableOf(kpi: OracleKpi): string {
  return `create table "kpi_${kpi.id}" as
    select q, cast(cell as varchar) as cell, cast(value as double) as value, cast(numerator as double) as numerator,
      cast(denominator as double) as denominator, cast(reason as varchar) as reason from (${selectOf(kpi)});`;
}

function selectOf(kpi: OracleKpi): string {
  if ('figure' in kpi) return kpi.figure;
  if ('value' in kpi) {
    return `with part as (${kpi.value}), spine as (select q, cell from part union ${whole})
      select spine.q, spine.cell, cast(coalesce(part.value, 0) as double) as value, null as numerator, null as denominator, null as reason
      from spine left join part on part.q = spine.q and part.cell is not distinct from spine.cell`;
  }
  return `with above as (${kpi.numerator}), below as (${kpi.denominator}),
    spine as (select q, cell from above union select q, cell from below union ${whole}),
    pair as (
      select spine.q, spine.cell, cast(coalesce(above.value, 0) as double) as n, cast(coalesce(below.value, 0) as double) as d
      from spine left join above on above.q = spine.q and above.cell is not distinct from spine.cell
      left join below on below.q = spine.q and below.cell is not distinct from spine.cell
    ), reasoned as (select pair.*, ${kpi.reason ?? 'no_quotient(d)'} as reason from pair join asked using (q))
    select q, cell, case when reason is null then quotient(n, d) end as value, n as numerator, d as denominator, reason from reasoned`;
}
