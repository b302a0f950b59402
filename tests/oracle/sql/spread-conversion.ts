/** K21: people engaged in the period with a lead created or an order paid within 7 × 24 h after an engagement ÷ people engaged. */
import { countOf, type OracleRatio } from './kpi.ts';

const followed = `exists (
  select * from deed d where d.q = engaged_cell.q and d.person = engaged_cell.person
    and d.happened >= engaged_cell.happened and d.happened <= engaged_cell.happened + 7 * 86400000::bigint
)`;

export const spreadConversion: OracleRatio = {
  id: 'spread_conversion',
  numerator: countOf('engaged', 'person', followed),
  denominator: countOf('engaged', 'person'),
};
