/** K12, media only. */
import { countOf, sumOver, type OracleRatio } from './kpi.ts';

export const cacMedia: OracleRatio = {
  id: 'cac_media',
  numerator: sumOver('spend', 'amount', "spend_kind = 'media'"),
  denominator: countOf('first_customer', 'customer'),
};
