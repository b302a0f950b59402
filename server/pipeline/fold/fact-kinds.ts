/**
 * The one list of fact kinds: which part of the screens a change of one touches, whose stream's freshness it proves,
 * and the columns the store keeps beside it. The table those columns live in is the store's own list.
 */
import type { FactKind } from '../../../shared/events/define.ts';
import type { EventType } from '../../../shared/events/registry.ts';
import type { Stream } from '../../../shared/wire/freshness.ts';
import type { ColumnsOf } from '../../domain/fact-columns.ts';
import { standing, type Fact, type FactVersion } from '../../domain/facts.ts';
import { refundedOrder } from '../../domain/fold/refunded-order.ts';
import { parseDay, type Calendar } from '../../domain/time/calendar.ts';
import type { Touched } from '../ports/transaction.ts';

interface FactKindEntry<K extends FactKind> {
  readonly touches: Touched;
  readonly stream?: Stream;
  /** null: the columns depend on other facts too, so the fold of orders or mentions makes them. */
  readonly columns: ((fact: Fact, calendar: Calendar) => ColumnsOf<K>) | null;
}

/** Columns of a fact that one event type alone speaks of. */
function from<T extends EventType, C>(type: T, columns: (version: FactVersion<T>, calendar: Calendar, fact: Fact) => C) {
  return (fact: Fact, calendar: Calendar): C => {
    const version = standing(fact, type);
    if (!version) throw new Error(`a ${fact.kind} fact without a ${type}`);
    return columns(version, calendar, fact);
  };
}

/** A status of a lead is a fact of its own for each type, so exactly one of them stands. */
function leadStatusColumns(fact: Fact, calendar: Calendar): ColumnsOf<'leadStatus'> {
  const signed = standing(fact, 'lead.signed');
  const version =
    signed ??
    standing(fact, 'lead.contacted') ??
    standing(fact, 'lead.qualified') ??
    standing(fact, 'lead.disqualified') ??
    standing(fact, 'lead.lost');
  if (!version) throw new Error('a lead status fact without versions');
  const { type, occurredAt: at, data } = version;
  return { kind: 'leadStatus', leadId: data.leadId, type, at, day: calendar.dayOf(at), customerId: signed?.data.customerId ?? null };
}

export const factKinds: { readonly [K in FactKind]: FactKindEntry<K> } = {
  order: { touches: 'sales', stream: 'orders', columns: null },
  refund: {
    touches: 'sales',
    stream: 'orders',
    columns: from('sales.order.refunded', (version, calendar, fact) => ({
      kind: 'refund',
      orderKey: refundedOrder(fact.source, version),
      at: version.occurredAt,
      day: calendar.dayOf(version.occurredAt),
      amount: version.data.amount,
    })),
  },
  lead: {
    touches: 'leads',
    stream: 'leads',
    columns: from('lead.created', ({ occurredAt: at, data }, calendar) => ({
      kind: 'lead',
      leadId: data.leadId,
      at,
      day: calendar.dayOf(at),
      channel: data.channel,
      region: data.region ?? null,
      campaignId: data.campaignId ?? null,
      customerId: data.customerId ?? null,
      contactHash: data.contactHash ?? null,
    })),
  },
  leadStatus: { touches: 'leads', stream: 'leads', columns: leadStatusColumns },
  mention: { touches: 'mentions', stream: 'mentions', columns: null },
  campaign: {
    touches: 'campaigns',
    columns: from('campaign.planned', ({ occurredAt: at, data }) => ({ kind: 'campaign', campaignId: data.campaignId, at })),
  },
  campaignPhase: {
    touches: 'campaigns',
    columns: from('campaign.phase', ({ occurredAt: at, data }) => ({ kind: 'campaignPhase', campaignId: data.campaignId, at })),
  },
  campaignEnd: {
    touches: 'campaigns',
    columns: from('campaign.ended', ({ occurredAt: at, data }) => ({ kind: 'campaignEnd', campaignId: data.campaignId, at })),
  },
  spend: {
    touches: 'campaigns',
    stream: 'spend',
    columns: from('campaign.spend', ({ occurredAt: at, data }, calendar) => ({
      kind: 'spend',
      at,
      day: calendar.dayOf(at),
      campaignId: data.campaignId ?? null,
      channel: data.channel,
      spendKind: data.kind,
      line: data.line,
      amount: data.amount,
    })),
  },
  engagement: {
    touches: 'campaigns',
    columns: from('campaign.engagement', ({ occurredAt: at, data }) => {
      const { campaignId, platform, reads, likes, shares } = data;
      return { kind: 'engagement', at, campaignId, platform, reads, likes, shares };
    }),
  },
  audience: {
    touches: 'campaigns',
    columns: from('audience.engaged', ({ occurredAt: at, data }) => ({ kind: 'audience', at, personId: data.personId })),
  },
  move: {
    touches: 'competitors',
    stream: 'competitors',
    columns: from('competitor.move', ({ occurredAt: at, data }) => ({ kind: 'move', at, competitor: data.competitor })),
  },
  traffic: {
    touches: 'content',
    columns: from('traffic.daily', ({ occurredAt: at, data }) => {
      const day = parseDay(data.date);
      if (day === undefined) throw new Error('a traffic date its schema accepted does not exist');
      return { kind: 'traffic', at, day, channel: data.channel, visits: data.visits, organic: data.organic };
    }),
  },
  content: {
    touches: 'content',
    columns: from('content.published', ({ occurredAt: at, data }, calendar) => ({
      kind: 'content',
      at,
      day: calendar.dayOf(at),
      platform: data.platform,
    })),
  },
  heartbeat: {
    touches: 'sources',
    columns: from('source.heartbeat', ({ occurredAt: at, data }) => ({ kind: 'heartbeat', at, stream: data.stream })),
  },
};
