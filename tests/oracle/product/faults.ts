/**
 * Faults the oracle has to find, one or more for each KPI. A fault lies between the events and the product (it reads an event
 * wrongly), or between its ledger and whoever counts (it counts a row wrongly).
 */
import { families, type FamilyName, type MeasureOf } from '../../../server/domain/ledger/registry.ts';
import type { LedgerRow } from '../../../server/domain/ledger/row.ts';
import type { EventData, EventType } from '../../../shared/events/registry.ts';
import type { OracleEvent } from '../events/delivery.ts';
import type { RowFault } from './answers.ts';

export type EventFault = (event: OracleEvent) => OracleEvent | null;
export type Fault = { readonly name: string; readonly kpis: readonly string[] } & (
  { readonly rows: RowFault } | { readonly events: EventFault }
);

const HOUR = 3_600_000;

/** Changes one measure of a family's rows. */
function measure<F extends FamilyName>(family: F, name: MeasureOf<F>, change: (amount: number, row: LedgerRow) => number): RowFault {
  const names: readonly string[] = families[family].measures;
  const place = names.indexOf(name);
  return (row) =>
    row.family === family ? [{ ...row, measures: row.measures.map((amount, i) => (i === place ? change(amount, row) : amount)) }] : [row];
}

/** Changes one dimension of a family's rows. */
function dimension(family: FamilyName, name: string, change: (value: string | null, row: LedgerRow) => string | null): RowFault {
  const place = dimIndex(family, name);
  return (row) =>
    row.family === family ? [{ ...row, dims: row.dims.map((value, i) => (i === place ? change(value ?? null, row) : value)) }] : [row];
}

function dimIndex(family: FamilyName, name: string): number {
  const names: readonly string[] = families[family].dims;
  return names.indexOf(name);
}

/** Leaves out rows of a family. */
const without =
  (family: FamilyName, gone: (row: LedgerRow) => boolean): RowFault =>
  (row) =>
    row.family === family && gone(row) ? [] : [row];

type Reading<T extends EventType> = (data: EventData<T>, event: OracleEvent) => EventData<T>;
const leadsRead =
  (otherwise: Reading<'lead.created'>): EventFault =>
  (event) =>
    event.type === 'lead.created' ? { ...event, data: otherwise(event.data, event) } : event;
const spendRead =
  (otherwise: Reading<'campaign.spend'>): EventFault =>
  (event) =>
    event.type === 'campaign.spend' ? { ...event, data: otherwise(event.data, event) } : event;
const ordersRead =
  (otherwise: Reading<'sales.order.paid'>): EventFault =>
  (event) =>
    event.type === 'sales.order.paid' ? { ...event, data: otherwise(event.data, event) } : event;

const withoutType =
  (type: OracleEvent['type']): EventFault =>
  (event) =>
    event.type === type ? null : event;

export const faults: readonly Fault[] = [
  { name: 'refunds do not count', kpis: ['net_sales', 'sales_attainment', 'order_value'], rows: measure('sales', 'refunded', () => 0) },
  {
    name: 'a refund over several lines loses a minor unit',
    kpis: ['net_sales'],
    rows: measure('sales', 'refunded', (amount) => (amount > 20_000 ? amount - 1 : amount)),
  },
  {
    name: 'days are those of another time zone',
    kpis: ['net_sales', 'new_customers', 'share_of_voice'],
    rows: (row) => [{ ...row, at: row.at - 9 * HOUR }],
  },
  { name: 'a cancelled order counts', kpis: ['net_sales', 'buyer_value'], events: withoutType('sales.order.cancelled') },
  {
    name: 'what happened later has happened already',
    kpis: ['net_sales', 'order_value'],
    rows: (row) => [{ ...row, since: row.at }],
  },
  { name: 'what was received later was known already', kpis: ['net_sales', 'share_of_voice'], rows: (row) => [{ ...row, received: 0 }] },
  { name: 'a refund does not lower the day of its order', kpis: ['net_sales_cohort'], rows: measure('sales', 'cohortRefunded', () => 0) },
  {
    name: 'a refund of a SKU the order lacks is of core products',
    kpis: ['core_share'],
    rows: dimension('sales', 'core', (value, { kind }) => (kind === 'refund' ? (value ?? 'true') : value)),
  },
  {
    name: 'orders that are fully refunded stay',
    kpis: ['order_value', 'repeat_order_share'],
    rows: measure('sales', 'orders', (amount) => Math.max(0, amount)),
  },
  {
    name: 'buyers of orders that are fully refunded stay',
    kpis: ['buyer_value', 'repurchase_rate'],
    rows: (row) => {
      const stays = (name: MeasureOf<'sales'>) => measure('sales', name, (amount) => Math.max(0, amount));
      return stays('orders')(row).flatMap(stays('inCategory')).flatMap(stays('inCore')).flatMap(stays('holds'));
    },
  },
  {
    name: 'who buys is the customer',
    kpis: ['repurchase_rate', 'repeat_order_share'],
    rows: (row) => dimension('sales', 'customer', () => row.dims[dimIndex('sales', 'buyer')] ?? null)(row),
  },
  {
    name: 'visits count before their day is over',
    kpis: ['organic_visits'],
    rows: (row) => (row.family === 'organicVisits' ? [{ ...row, since: row.at }] : [row]),
  },
  { name: 'bought visits are organic', kpis: ['organic_visits'], rows: measure('organicVisits', 'organic', (amount) => amount + 1) },
  {
    name: 'a customer who turns out to be older stays new',
    kpis: ['new_customers'],
    rows: without('newCustomers', ({ measures }) => (measures[0] ?? 0) < 0),
  },
  { name: 'a deleted mention stays', kpis: ['net_sentiment', 'share_of_voice'], events: withoutType('sentiment.deleted') },
  { name: 'a reclassification is not read', kpis: ['net_sentiment'], events: withoutType('sentiment.reclassified') },
  {
    name: 'what nobody scored is neutral',
    kpis: ['net_sentiment_with_neutrals'],
    rows: (row) => {
      const unscored = row.family === 'mentions' ? (row.measures[families.mentions.measures.indexOf('unscored')] ?? 0) : 0;
      return measure('mentions', 'neutral', (amount) => amount + unscored)(row);
    },
  },
  {
    name: 'a brand is its letters, not what people read',
    kpis: ['share_of_voice'],
    rows: dimension('mentions', 'brand', (value) => (value === 'ＮＯＶＡ' ? 'other' : value)),
  },
  {
    name: 'a duplicate is valid',
    kpis: ['valid_leads', 'lead_conversion', 'cpl'],
    events: leadsRead((data) => ({ ...data, contactHash: data.leadId })),
  },
  { name: 'nobody looks at the area', kpis: ['valid_leads'], events: leadsRead((data) => ({ ...data, inArea: true })) },
  {
    name: 'a lead told by two sources is two',
    kpis: ['leads', 'cpl_raw'],
    events: leadsRead((data, { source }) => ({ ...data, leadId: `${data.leadId}${source === '/shop/a' ? '' : ' again'}` })),
  },
  {
    name: 'who signs late has signed in time',
    kpis: ['lead_conversion'],
    events: (event) =>
      event.type === 'lead.signed' ? { ...event, time: new Date(Date.parse(event.time) - 400 * HOUR).toISOString() } : event,
  },
  {
    name: 'training is media',
    kpis: ['cac', 'cac_media', 'cpl', 'cpl_raw', 'roas'],
    events: spendRead((data) => (data.kind === 'training' ? { ...data, kind: 'media' } : data)),
  },
  {
    name: 'spend without a campaign is one of a campaign',
    kpis: ['roi', 'roi_revenue', 'roas'],
    events: spendRead((data) => ({ campaignId: 'C-0', ...data })),
  },
  {
    name: 'a line without a cost costs nothing',
    kpis: ['roi', 'break_even_roas'],
    events: ordersRead((data) => ({ ...data, lines: data.lines.map((line) => ({ cost: 0, ...line })) })),
  },
  {
    name: 'an order has no campaign from its lead',
    kpis: ['roi_revenue', 'roas'],
    events: ordersRead((data) => ({ ...data, leadId: 'nobody' })),
  },
  {
    name: 'what is spent online is spent elsewhere',
    kpis: ['budget_pacing', 'budget_mix'],
    events: spendRead((data) => (data.line === 'online' ? { ...data, line: 'other', amount: 0 } : data)),
  },
  {
    name: 'what is spent online is not spent',
    kpis: ['budget_projection'],
    events: spendRead((data) => (data.line === 'online' ? { ...data, amount: 0 } : data)),
  },
  {
    name: 'an older total of a content replaces a newer one',
    kpis: ['reads', 'likes', 'shares', 'spread_index'],
    events: (event) =>
      event.type === 'campaign.engagement' ? { ...event, data: { ...event.data, version: 1_000 - event.data.version } } : event,
  },
  {
    name: 'people are not known by their contact',
    kpis: ['spread_conversion', 'word_of_mouth'],
    events: leadsRead((data) => ({ ...data, contactHash: data.leadId })),
  },
  { name: 'a campaign goes on after it has ended', kpis: ['campaign_share'], events: withoutType('campaign.ended') },
  {
    name: 'a campaign that is always on has a window',
    kpis: ['campaign_share', 'campaign_share_of_target'],
    events: (event) =>
      event.type === 'campaign.planned' && event.data.kind === 'always-on' ? { ...event, data: { ...event.data, kind: 'theme' } } : event,
  },
  { name: 'a refund stands apart from campaigns', kpis: ['campaign_share_final'], rows: measure('sales', 'refunded', () => 0) },
  {
    name: 'what is said of a brand is never against it',
    kpis: ['sla_compliance'],
    events: (event) => (event.type === 'sentiment.mention' ? { ...event, data: { ...event.data, label: 'neutral' } } : event),
  },
  {
    name: 'nobody engages of their own accord',
    kpis: ['brand_health', 'word_of_mouth'],
    events: (event) => (event.type === 'audience.engaged' ? { ...event, data: { ...event.data, touch: 'owned' } } : event),
  },
];
