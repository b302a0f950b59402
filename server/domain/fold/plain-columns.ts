/** Columns of the facts that stand for themselves: one event type, joined to nothing. */
import type { FactColumns, RefundColumns } from '../fact-columns.ts';
import { factKey, type Fact, type FactVersion } from '../facts.ts';
import { parseDay, type Calendar } from '../time/calendar.ts';

/** Fact key of the order a refund joins: of its own source (contract). */
export function refundedOrder(source: string, refund: FactVersion<'sales.order.refunded'>): string {
  return factKey(source, refund.data.orderId);
}

/** Throws for a fact without versions: no draft is without one. */
export function plainColumns(fact: Fact, calendar: Calendar): FactColumns {
  const version = fact.versions[0];
  if (!version) throw new Error(`a ${fact.kind} fact without versions`);
  const at = version.occurredAt;
  switch (version.type) {
    case 'sales.order.refunded': {
      const columns: RefundColumns = {
        kind: 'refund',
        orderKey: refundedOrder(fact.source, version),
        at,
        day: calendar.dayOf(at),
        amount: version.data.amount,
      };
      return columns;
    }
    case 'lead.created': {
      const { leadId, channel, region, campaignId, customerId, contactHash } = version.data;
      return {
        kind: 'lead',
        leadId,
        at,
        day: calendar.dayOf(at),
        channel,
        region: region ?? null,
        campaignId: campaignId ?? null,
        customerId: customerId ?? null,
        contactHash: contactHash ?? null,
      };
    }
    case 'lead.contacted':
    case 'lead.qualified':
    case 'lead.disqualified':
    case 'lead.lost':
      return { kind: 'leadStatus', leadId: version.data.leadId, type: version.type, at, day: calendar.dayOf(at), customerId: null };
    case 'lead.signed': {
      const { leadId, customerId } = version.data;
      return { kind: 'leadStatus', leadId, type: version.type, at, day: calendar.dayOf(at), customerId };
    }
    case 'campaign.planned':
      return { kind: 'campaign', campaignId: version.data.campaignId, at };
    case 'campaign.phase':
      return { kind: 'campaignPhase', campaignId: version.data.campaignId, at };
    case 'campaign.ended':
      return { kind: 'campaignEnd', campaignId: version.data.campaignId, at };
    case 'campaign.spend': {
      const { campaignId, channel, kind, line, amount } = version.data;
      return { kind: 'spend', at, day: calendar.dayOf(at), campaignId: campaignId ?? null, channel, spendKind: kind, line, amount };
    }
    case 'campaign.engagement': {
      const { campaignId, platform, reads, likes, shares } = version.data;
      return { kind: 'engagement', at, campaignId, platform, reads, likes, shares };
    }
    case 'audience.engaged':
      return { kind: 'audience', at, personId: version.data.personId };
    case 'competitor.move':
      return { kind: 'move', at, competitor: version.data.competitor };
    case 'traffic.daily': {
      const { date, channel, visits, organic } = version.data;
      const day = parseDay(date);
      if (day === undefined) throw new Error('a traffic date its schema accepted does not exist');
      return { kind: 'traffic', at, day, channel, visits, organic };
    }
    case 'content.published':
      return { kind: 'content', at, day: calendar.dayOf(at), platform: version.data.platform };
    default:
      throw new Error(`${version.type} has no plain columns`);
  }
}
