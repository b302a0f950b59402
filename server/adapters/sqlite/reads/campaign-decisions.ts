/** Decisions about campaigns, each with what was known when it was made. */
import { campaignDecision, type CampaignDecision } from '../../../../shared/kpi/campaigns.ts';
import { textIn } from '../row-values.ts';
import type { Reader } from './reader.ts';

/** Decisions of one campaign that are shown; people make a few. */
const MOST = 200;

export function readCampaignDecisions(reader: Reader, query: { campaignId: string } | { newest: true }): CampaignDecision[] {
  const rows =
    'newest' in query
      ? reader
          .rows('select document from campaign_decisions where number in (select max(number) from campaign_decisions group by campaign_id)')
          .all()
      : reader
          .rows('select document from campaign_decisions where campaign_id = ? order by number desc limit ?')
          .all(query.campaignId, MOST);
  return rows.map((row) => campaignDecision.parse(JSON.parse(textIn(row, 'document'))));
}
