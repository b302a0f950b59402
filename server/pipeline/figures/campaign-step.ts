/** The step at which a flagged campaign loses its money (S22), from its channels, its spread and its leads. */
import type { CampaignBasis, CampaignRow } from '../../../shared/kpi/campaigns.ts';
import { stepToBlame } from '../../domain/campaigns/low-return.ts';
import type { Period } from '../../domain/time/period.ts';
import type { LedgerAsk } from './ask-kpis.ts';
import { channelsOf } from './campaign-parts.ts';
import type { Contexts } from './kpi-context.ts';

export type BlamedCampaign = Pick<CampaignRow, 'campaignId' | 'targetRoi' | 'spreadRatio' | 'leads' | 'valid_leads'>;

export async function lossStepOf(
  ledger: LedgerAsk,
  contexts: Contexts,
  { period, basis }: { readonly period: Period; readonly basis: CampaignBasis },
  { campaignId, targetRoi, spreadRatio, ...row }: BlamedCampaign,
) {
  const channels = await channelsOf(ledger, contexts, { campaignId, period, basis }, targetRoi);
  return stepToBlame({
    channels: channels.map(({ channel, spend, margin }) => ({ channel, spend: spend ?? 0, margin: margin ?? 0 })),
    targetRoi,
    spread: spreadRatio,
    // All leads, where the price of a valid one is known together with that of any; else the valid ones.
    leads: row.leads ?? row.valid_leads ?? 0,
    validLeads: row.valid_leads ?? 0,
  });
}
