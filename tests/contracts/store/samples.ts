/** Facts as the fold hands them to a store, with every value overridable. */
import type { FactKind } from '../../../shared/events/define.ts';
import type { EventData, EventType } from '../../../shared/events/registry.ts';
import type { ColumnsOf, MentionColumns, OrderColumns } from '../../../server/domain/fact-columns.ts';
import { factKey, type Fact, type FactVersion } from '../../../server/domain/facts.ts';
import type { Clock, Incident } from '../../../server/domain/incidents/types.ts';
import type { OutboxMessage } from '../../../server/pipeline/ports/outbox.ts';
import { plainIncident } from '../../helpers/incident-fields.ts';
import type { FactWrite } from '../../../server/pipeline/ports/transaction.ts';

export const SOURCE = '/shop';
export const DAY_MS = 86_400_000;

export function versionOf<T extends EventType>(
  type: T,
  data: EventData<T>,
  occurredAt: number,
  receivedAt = occurredAt + 1_000,
): FactVersion {
  return { type, version: data.version, occurredAt, receivedAt, data, body: JSON.stringify(data) } as unknown as FactVersion;
}

export function factOf(kind: FactKind, naturalKey: string, versions: readonly FactVersion[], source = SOURCE): Fact {
  return { kind, key: factKey(source, naturalKey), source, versions };
}

export const write = (fact: Fact, columns: FactWrite['columns'], more: Partial<FactWrite> = {}): FactWrite => ({
  fact,
  columns,
  history: [],
  isNew: true,
  ...more,
});

export interface OrderSample {
  readonly orderId: string;
  readonly version?: number;
  readonly paidAt?: number;
  readonly buyerId?: string;
  readonly customerId?: string;
  readonly leadId?: string;
  readonly campaignId?: string | null;
  readonly channel?: string;
  readonly region?: string;
  readonly lines?: EventData<'sales.order.paid'>['lines'];
  readonly live?: boolean;
  readonly source?: string;
}

const oneLine = [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount: 100 }];

/** A paid order; its business day is that of UTC, which is the zone the contract suite opens stores in. */
export function order(sample: OrderSample): { fact: Fact; columns: OrderColumns } {
  const { orderId, version = 1, paidAt = 0, buyerId = 'B', channel = '天猫', region = '华东', campaignId = null, live = true } = sample;
  const data: EventData<'sales.order.paid'> = {
    orderId,
    version,
    buyerId,
    ...(sample.customerId === undefined ? {} : { customerId: sample.customerId }),
    ...(sample.leadId === undefined ? {} : { leadId: sample.leadId }),
    ...(campaignId === null ? {} : { campaignId }),
    channel,
    region,
    lines: sample.lines ?? oneLine,
  };
  return {
    fact: factOf('order', orderId, [versionOf('sales.order.paid', data, paidAt)], sample.source),
    columns: {
      kind: 'order',
      paidAt,
      day: Math.floor(paidAt / DAY_MS),
      buyerId,
      customerId: sample.customerId ?? buyerId,
      leadId: sample.leadId ?? null,
      channel,
      region,
      campaignId,
      counts: true,
      live,
      overRefunded: false,
    },
  };
}

export function orderWrite(sample: OrderSample, more: Partial<FactWrite> = {}): FactWrite {
  const { fact, columns } = order(sample);
  return write(fact, columns, more);
}

export function refundWrite(refundId: string, orderId: string, at: number, amount = 10): FactWrite {
  const data = { refundId, orderId, version: 1, amount };
  const columns: ColumnsOf<'refund'> = { kind: 'refund', orderKey: factKey(SOURCE, orderId), at, day: Math.floor(at / DAY_MS), amount };
  return write(factOf('refund', refundId, [versionOf('sales.order.refunded', data, at)]), columns);
}

export function leadWrite(
  leadId: string,
  at: number,
  more: { version?: number; channel?: string; region?: string; source?: string; contactHash?: string } = {},
): FactWrite {
  const { version = 1, channel = '抖音', region, contactHash } = more;
  const data: EventData<'lead.created'> = {
    leadId,
    version,
    channel,
    ...(region === undefined ? {} : { region }),
    touch: 'paid',
    reachable: true,
    ...(contactHash === undefined ? {} : { contactHash }),
  };
  const columns: ColumnsOf<'lead'> = {
    kind: 'lead',
    leadId,
    at,
    day: Math.floor(at / DAY_MS),
    channel,
    region: region ?? null,
    campaignId: null,
    customerId: null,
    contactHash: contactHash ?? null,
  };
  return write(factOf('lead', leadId, [versionOf('lead.created', data, at)], more.source), columns);
}

export function signingWrite(leadId: string, customerId: string, at: number): FactWrite {
  const data = { leadId, version: 1, customerId, value: 5 };
  const columns: ColumnsOf<'leadStatus'> = {
    kind: 'leadStatus',
    leadId,
    type: 'lead.signed',
    at,
    day: Math.floor(at / DAY_MS),
    customerId,
  };
  return write(factOf('leadStatus', JSON.stringify([leadId, 'lead.signed']), [versionOf('lead.signed', data, at)]), columns);
}

export interface MentionSample {
  readonly mentionId: string;
  readonly at?: number;
  readonly brand?: string;
  readonly platform?: string;
  readonly polarity?: MentionColumns['polarity'];
  readonly deleted?: boolean;
  readonly history?: boolean;
  readonly reach?: number;
  readonly text?: string;
}
export function mentionWrite(sample: MentionSample): FactWrite {
  const { mentionId, at = 0, brand = '山澜', platform = '微博', polarity = 'negative', deleted = false, history = false, reach } = sample;
  const { text = `text of ${mentionId}` } = sample;
  const data: EventData<'sentiment.mention'> = {
    mentionId,
    version: 1,
    platform,
    brand,
    text,
    ...(reach === undefined ? {} : { reach }),
  };
  const columns: MentionColumns = {
    kind: 'mention',
    at,
    day: Math.floor(at / DAY_MS),
    brand,
    platform,
    storyId: null,
    campaignId: null,
    polarity,
    deleted,
    history,
  };
  return write(factOf('mention', mentionId, [versionOf('sentiment.mention', data, at)]), columns);
}

export function engagementWrite(campaignId: string, platform: string, reads: number): FactWrite {
  const data = { campaignId, platform, version: 1, reads, likes: reads * 2, shares: reads * 3 };
  const columns: ColumnsOf<'engagement'> = { kind: 'engagement', at: 1, campaignId, platform, reads, likes: reads * 2, shares: reads * 3 };
  return write(factOf('engagement', JSON.stringify([campaignId, platform, '']), [versionOf('campaign.engagement', data, 1)]), columns);
}

export const clock = (name: Clock['name'], dueAt: number, more: Partial<Clock> = {}): Clock => ({
  name,
  generation: 1,
  startedAt: 0,
  dueAt,
  state: 'armed',
  firedAt: null,
  stoppedAt: null,
  pausedMs: 0,
  counts: true,
  ...more,
});

export const incident = (id: string, more: Partial<Incident> = {}): Incident => ({
  id,
  storyKey: `story 山澜 ${id}`,
  number: 1,
  version: 1,
  status: 'open',
  title: 'X5 漏水',
  brand: '山澜',
  storyId: id,
  openedAt: 100,
  publishedAt: 50,
  detectedAt: 60,
  owner: null,
  response: null,
  hops: { receivedAt: 70, classifiedAt: 80, routedAt: null },
  resolvedAt: null,
  ...plainIncident,
  clocks: [clock('response', 7_200), clock('disposal', 86_400)],
  ...more,
});

export const outboxMessage = (over: Partial<OutboxMessage> = {}): OutboxMessage => ({
  ...{ key: 'm1', incidentId: null, step: 'ladder:0', urgency: 'alert', person: { id: 'p1', name: '林悦' }, dry: false, createdAt: 1 },
  contacts: [{ channel: 'team' }],
  content: {
    ...{ reason: 'opened', code: 'A1', title: '漏水', brand: '山澜', grade: null, clock: 'response', dueAt: 7_200_001, owner: null },
    ...{ why: null, generation: 1 },
  },
  ...over,
});
