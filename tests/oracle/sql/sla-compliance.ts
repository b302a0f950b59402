/** K25: clocks met ÷ clocks whose deadline fell in the period; still open is missed, and what a false alarm lifted is left out. */
import type { OracleRatio } from './kpi.ts';

const due = `asked join clock using (seed) where due_at >= from_at and due_at < to_at and due_at <= as_of
  and not (clock.state = 'void' and stopped_at <= as_of)`;

export const slaCompliance: OracleRatio = {
  id: 'sla_compliance',
  numerator: `select q, null as cell, count(*) filter (where clock.state = 'met') as value from ${due} group by q`,
  denominator: `select q, null as cell, count(*) as value from ${due} group by q`,
};
