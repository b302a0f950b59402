/** K22: of people with an earned engagement in the period, those with an earned lead or a first order within 30 × 24 h after it. */
import { countOf, type OracleRatio } from './kpi.ts';

const followed = `exists (
  select * from deed d where d.q = engaged_cell.q and d.person = engaged_cell.person and (d.earned or d.first_order)
    and d.happened >= engaged_cell.happened and d.happened <= engaged_cell.happened + 30 * 86400000::bigint
)`;

export const wordOfMouth: OracleRatio = {
  id: 'word_of_mouth',
  numerator: countOf('engaged', 'person', `touch = 'earned' and ${followed}`),
  denominator: countOf('engaged', 'person', "touch = 'earned'"),
};
