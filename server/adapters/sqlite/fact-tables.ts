/**
 * The one list of fact tables: which table a kind of fact lives in and how its
 * fact’s columns are stored columns and comes back. Every table has `id`, `key` and `versions` besides.
 */
import type { SQLOutputValue } from 'node:sqlite';
import type { FactKind } from '../../../shared/events/define.ts';
import type { Polarity } from '../../../shared/kpi/polarity.ts';
import type { CampaignColumns, ColumnsOf } from '../../domain/fact-columns.ts';

export type Row = Record<string, SQLOutputValue>;

export interface FactTable<K extends FactKind> {
  readonly table: string;
  /** Event time, for newest-first reads. */
  readonly time: string;
  /** Columns, in the order of `values`. */
  readonly columns: readonly string[];
  values(columns: ColumnsOf<K>): (string | number | null)[];
  read(row: Row): ColumnsOf<K>;
}

const text = (v: SQLOutputValue | undefined): string => v as string;
const textOrNull = (v: SQLOutputValue | undefined): string | null => v as string | null;
const integer = (v: SQLOutputValue | undefined): number => v as number;
const integerOrNull = (v: SQLOutputValue | undefined): number | null => v as number | null;
const bit = (v: boolean): number => (v ? 1 : 0);

const campaignTable = <K extends CampaignColumns['kind']>(kind: K, table: string) => ({
  table,
  time: 'at',
  columns: ['campaign_id', 'at'],
  values: (f: CampaignColumns) => [f.campaignId, f.at],
  read: (r: Row) => ({ kind, campaignId: text(r['campaign_id']), at: integer(r['at']) }),
});

export const factTables: { readonly [K in FactKind]: FactTable<K> } = {
  order: {
    table: 'orders',
    time: 'paid_at',
    columns: [
      'paid_at',
      'day',
      'buyer_id',
      'customer_id',
      'lead_id',
      'channel',
      'region',
      'campaign_id',
      'counts',
      'live',
      'over_refunded',
    ],
    values: (f) => [
      f.paidAt,
      f.day,
      // Most buyers are their own customer: null says so and saves the id twice per order.
      f.buyerId === f.customerId ? null : f.buyerId,
      f.customerId,
      f.leadId,
      f.channel,
      f.region,
      f.campaignId,
      bit(f.counts),
      bit(f.live),
      bit(f.overRefunded),
    ],
    read: (r) => ({
      kind: 'order',
      paidAt: integerOrNull(r['paid_at']),
      day: integerOrNull(r['day']),
      buyerId: textOrNull(r['buyer_id']) ?? textOrNull(r['customer_id']),
      customerId: textOrNull(r['customer_id']),
      leadId: textOrNull(r['lead_id']),
      channel: textOrNull(r['channel']),
      region: textOrNull(r['region']),
      campaignId: textOrNull(r['campaign_id']),
      counts: r['counts'] === 1,
      live: r['live'] === 1,
      overRefunded: r['over_refunded'] === 1,
    }),
  },
  refund: {
    table: 'refunds',
    time: 'at',
    columns: ['order_key', 'at', 'day', 'amount'],
    values: (f) => [f.orderKey, f.at, f.day, f.amount],
    read: (r) => ({
      kind: 'refund',
      orderKey: text(r['order_key']),
      at: integer(r['at']),
      day: integer(r['day']),
      amount: integer(r['amount']),
    }),
  },
  lead: {
    table: 'leads',
    time: 'at',
    columns: ['lead_id', 'at', 'day', 'channel', 'region', 'campaign_id', 'customer_id', 'contact_hash'],
    values: (f) => [f.leadId, f.at, f.day, f.channel, f.region, f.campaignId, f.customerId, f.contactHash],
    read: (r) => ({
      kind: 'lead',
      leadId: text(r['lead_id']),
      at: integer(r['at']),
      day: integer(r['day']),
      channel: text(r['channel']),
      region: textOrNull(r['region']),
      campaignId: textOrNull(r['campaign_id']),
      customerId: textOrNull(r['customer_id']),
      contactHash: textOrNull(r['contact_hash']),
    }),
  },
  leadStatus: {
    table: 'lead_statuses',
    time: 'at',
    columns: ['lead_id', 'type', 'at', 'day', 'customer_id'],
    values: (f) => [f.leadId, f.type, f.at, f.day, f.customerId],
    read: (r) => ({
      kind: 'leadStatus',
      leadId: text(r['lead_id']),
      type: text(r['type']),
      at: integer(r['at']),
      day: integer(r['day']),
      customerId: textOrNull(r['customer_id']),
    }),
  },
  mention: {
    table: 'mentions',
    time: 'at',
    columns: ['at', 'day', 'brand', 'platform', 'story_id', 'campaign_id', 'polarity', 'deleted', 'history'],
    values: (f) => [f.at, f.day, f.brand, f.platform, f.storyId, f.campaignId, f.polarity, bit(f.deleted), bit(f.history)],
    read: (r) => ({
      kind: 'mention',
      at: integerOrNull(r['at']),
      day: integerOrNull(r['day']),
      brand: textOrNull(r['brand']),
      platform: textOrNull(r['platform']),
      storyId: textOrNull(r['story_id']),
      campaignId: textOrNull(r['campaign_id']),
      polarity: text(r['polarity']) as Polarity,
      deleted: r['deleted'] === 1,
      history: r['history'] === 1,
    }),
  },
  campaign: campaignTable('campaign', 'campaigns'),
  campaignPhase: campaignTable('campaignPhase', 'campaign_phases'),
  campaignEnd: campaignTable('campaignEnd', 'campaign_ends'),
  spend: {
    table: 'spend',
    time: 'at',
    columns: ['at', 'day', 'campaign_id', 'channel', 'spend_kind', 'line', 'amount'],
    values: (f) => [f.at, f.day, f.campaignId, f.channel, f.spendKind, f.line, f.amount],
    read: (r) => ({
      kind: 'spend',
      at: integer(r['at']),
      day: integer(r['day']),
      campaignId: textOrNull(r['campaign_id']),
      channel: text(r['channel']),
      spendKind: text(r['spend_kind']),
      line: text(r['line']),
      amount: integer(r['amount']),
    }),
  },
  engagement: {
    table: 'engagement',
    time: 'at',
    columns: ['at', 'campaign_id', 'platform', 'reads', 'likes', 'shares'],
    values: (f) => [f.at, f.campaignId, f.platform, f.reads, f.likes, f.shares],
    read: (r) => ({
      kind: 'engagement',
      at: integer(r['at']),
      campaignId: text(r['campaign_id']),
      platform: text(r['platform']),
      reads: integer(r['reads']),
      likes: integer(r['likes']),
      shares: integer(r['shares']),
    }),
  },
  audience: {
    table: 'audience',
    time: 'at',
    columns: ['at', 'person_id'],
    values: (f) => [f.at, f.personId],
    read: (r) => ({ kind: 'audience', at: integer(r['at']), personId: text(r['person_id']) }),
  },
  move: {
    table: 'moves',
    time: 'at',
    columns: ['at', 'competitor'],
    values: (f) => [f.at, f.competitor],
    read: (r) => ({ kind: 'move', at: integer(r['at']), competitor: text(r['competitor']) }),
  },
  traffic: {
    table: 'traffic',
    time: 'at',
    columns: ['at', 'day', 'channel', 'visits', 'organic'],
    values: (f) => [f.at, f.day, f.channel, f.visits, f.organic],
    read: (r) => ({
      kind: 'traffic',
      at: integer(r['at']),
      day: integer(r['day']),
      channel: text(r['channel']),
      visits: integer(r['visits']),
      organic: integer(r['organic']),
    }),
  },
  content: {
    table: 'content',
    time: 'at',
    columns: ['at', 'day', 'platform'],
    values: (f) => [f.at, f.day, f.platform],
    read: (r) => ({ kind: 'content', at: integer(r['at']), day: integer(r['day']), platform: text(r['platform']) }),
  },
  heartbeat: {
    table: 'heartbeats',
    time: 'at',
    columns: ['at', 'stream'],
    values: (f) => [f.at, f.stream],
    read: (r) => ({ kind: 'heartbeat', at: integer(r['at']), stream: text(r['stream']) }),
  },
};
