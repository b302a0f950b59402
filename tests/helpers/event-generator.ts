/**
 * Valid sets of events of every type, from a seed. The universe is small on purpose: a few
 * ids shared by many events make versions, refunds of unknown and cancelled orders, leads
 * published by two sources and reclassifications meet each other all the time. No two events of
 * a set contradict each other [I4], so that any order of them must give the same state [I5].
 */
import type { EventData, EventType } from '../../shared/events/registry.ts';
import { seededRandom, type Random } from './random.ts';

export interface CloudEvent<T extends EventType = EventType> {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: T;
  readonly time: string;
  readonly subject: string;
  readonly data: EventData<T>;
}

export interface GeneratorOptions {
  readonly seed: number;
  readonly count: number;
  /** Events happen in the `spanMs` before this instant, UTC ms. */
  readonly until: number;
  readonly spanMs?: number;
  /** How many distinct instants; fewer make more ties. */
  readonly instants?: number;
  /** How many ids of each kind; fewer make more collisions. */
  readonly ids?: number;
}

const sources = ['/shop/a', '/shop/b'] as const;
const channels = ['天猫', '京东', '抖音'] as const;
const regions = ['华东', '华南'] as const;
const platforms = ['微博', '小红书'] as const;
const brands = ['山澜', '铂域', '别家'] as const;
const skus = ['X5', 'X3', 'BEAN-500', 'CUP'] as const;
const keywords = ['漏水', '售后', '好喝', '"引号"'] as const;
const touches = ['earned', 'owned', 'paid'] as const;

type Maker = (random: Random, version: number, id: (prefix: string) => string) => { type: EventType; key: string; data: object };

const maybe = <T>(random: Random, name: string, value: T): object => (random.chance(0.5) ? { [name]: value } : {});
const money = (random: Random): number => (random.chance(0.1) ? 0 : random.below(50_000));

const makers: readonly { readonly weight: number; readonly make: Maker }[] = [
  {
    weight: 10,
    make(random, version, id) {
      const orderId = id('SO');
      if (random.chance(0.2)) return { type: 'sales.order.cancelled', key: `order ${orderId}`, data: { orderId, version } };
      const lines = Array.from({ length: 1 + random.below(3) }, () => {
        const sku = random.pick(skus);
        return {
          sku,
          category: sku.startsWith('X') ? '咖啡机' : '周边',
          core: sku.startsWith('X'),
          quantity: random.below(3),
          amount: money(random),
          ...maybe(random, 'cost', money(random)),
        };
      });
      const data = {
        orderId,
        version,
        buyerId: id('B'),
        ...maybe(random, 'customerId', id('K')),
        ...maybe(random, 'leadId', id('L')),
        ...maybe(random, 'campaignId', id('C')),
        channel: random.pick(channels),
        region: random.pick(regions),
        lines,
      };
      return { type: 'sales.order.paid', key: `order ${orderId}`, data };
    },
  },
  {
    weight: 6,
    make(random, version, id) {
      const refundId = id('RF');
      const parts = Array.from({ length: 1 + random.below(2) }, () => ({ sku: random.pick(skus), amount: money(random) }));
      const amount = random.chance(0.3) ? 200_000 : money(random);
      const data = random.chance(0.5)
        ? { refundId, orderId: id('SO'), version, amount: parts.reduce((sum, part) => sum + part.amount, 0), lines: parts }
        : { refundId, orderId: id('SO'), version, amount };
      return { type: 'sales.order.refunded', key: `refund ${refundId}`, data };
    },
  },
  {
    weight: 4,
    make(random, version, id) {
      const leadId = id('L');
      const data = {
        leadId,
        version,
        channel: random.pick(channels),
        ...maybe(random, 'region', random.pick(regions)),
        ...maybe(random, 'campaignId', id('C')),
        touch: random.pick(touches),
        reachable: random.chance(0.8),
        ...maybe(random, 'contactHash', id('H')),
      };
      return { type: 'lead.created', key: `lead ${leadId}`, data };
    },
  },
  {
    weight: 4,
    make(random, version, id) {
      const leadId = id('L');
      const type = random.pick([
        'lead.contacted',
        'lead.qualified',
        'lead.disqualified',
        'lead.signed',
        'lead.signed',
        'lead.lost',
      ] as const);
      const more = type === 'lead.signed' ? { customerId: id('K'), value: money(random) } : { reason: '无计划' };
      const bare = type === 'lead.contacted' || type === 'lead.qualified';
      return { type, key: `${type} ${leadId}`, data: { leadId, version, ...(bare ? {} : more) } };
    },
  },
  {
    weight: 8,
    make(random, version, id) {
      const mentionId = id('M');
      const key = `mention ${mentionId}`;
      const rating = random.pick([
        {},
        { score: -0.8 },
        { score: -0.3 },
        { score: 0.1 },
        { score: 0.9 },
        { label: 'negative' },
        { label: 'positive' },
      ]);
      const kind = random.below(10);
      if (kind === 0) return { type: 'sentiment.deleted', key, data: { mentionId, version } };
      if (kind < 3)
        return {
          type: 'sentiment.reclassified',
          key,
          data: { mentionId, version, ...(Object.keys(rating).length > 0 ? rating : { label: 'neutral' }) },
        };
      const data = {
        mentionId,
        version,
        platform: random.pick(platforms),
        brand: random.pick(brands),
        text: '新买的机器开始漏水。',
        ...rating,
        keywords: [random.pick(keywords), random.pick(keywords)],
        ...maybe(random, 'storyId', id('S')),
        ...maybe(random, 'reach', random.below(1_000)),
      };
      return { type: 'sentiment.mention', key, data };
    },
  },
  {
    weight: 1,
    make(random, version, id) {
      const campaignId = id('C');
      const span = { from: '2026-11-01', to: '2026-11-11' };
      const data = {
        campaignId,
        version,
        name: `活动 ${campaignId}`,
        owner: '陈放',
        kind: random.pick(['node', 'theme', 'offline', 'always-on'] as const),
        channels: [random.pick(channels)],
        budget: money(random),
        targets: {},
        phases: { warmup: span, burst: span, review: span },
      };
      return { type: 'campaign.planned', key: `planned ${campaignId}`, data };
    },
  },
  {
    weight: 1,
    make(random, version, id) {
      const campaignId = id('C');
      return random.chance(0.5)
        ? { type: 'campaign.ended', key: `ended ${campaignId}`, data: { campaignId, version } }
        : {
            type: 'campaign.phase',
            key: `phase ${campaignId}`,
            data: { campaignId, version, phase: random.pick(['warmup', 'burst', 'review'] as const) },
          };
    },
  },
  {
    weight: 3,
    make(random, version, id) {
      const entryId = id('SP');
      const data = {
        entryId,
        version,
        ...maybe(random, 'campaignId', id('C')),
        channel: random.pick(channels),
        kind: random.pick(['media', 'production', 'kol', 'training'] as const),
        line: random.pick(['online', 'offline', 'training', 'other'] as const),
        amount: money(random),
      };
      return { type: 'campaign.spend', key: `spend ${entryId}`, data };
    },
  },
  {
    weight: 1,
    make(random, version, id) {
      const [campaignId, platform] = [id('C'), random.pick(platforms)];
      const data = { campaignId, platform, version, reads: random.below(9_000), likes: random.below(900), shares: random.below(90) };
      return { type: 'campaign.engagement', key: `engagement ${campaignId} ${platform}`, data };
    },
  },
  {
    weight: 1,
    make(random, version, id) {
      const engagementId = id('E');
      const data = {
        engagementId,
        version,
        personId: id('B'),
        platform: random.pick(platforms),
        touch: random.pick(touches),
        action: 'like',
      };
      return { type: 'audience.engaged', key: `audience ${engagementId}`, data };
    },
  },
  {
    weight: 1,
    make(random, version, id) {
      const moveId = id('CM');
      const data = {
        moveId,
        version,
        competitor: '铂域',
        kind: 'price',
        title: '降价',
        impact: random.pick(['low', 'medium', 'high'] as const),
      };
      return { type: 'competitor.move', key: `move ${moveId}`, data };
    },
  },
  {
    weight: 1,
    make(random, version) {
      const [date, channel] = [random.pick(['2026-11-21', '2026-11-22'] as const), random.pick(channels)];
      return {
        type: 'traffic.daily',
        key: `traffic ${date} ${channel}`,
        data: { date, channel, version, visits: random.below(900), organic: 7 },
      };
    },
  },
  {
    weight: 1,
    make(random, version, id) {
      const contentId = id('N');
      return {
        type: 'content.published',
        key: `content ${contentId}`,
        data: { contentId, version, platform: random.pick(platforms), title: '拉花' },
      };
    },
  },
];
const weighted = makers.flatMap(({ weight, make }) => Array.from({ length: weight }, () => make));

/** Events in no particular order of time. Versions of one thing have gaps: some never come. */
export function generateEvents({ seed, count, until, spanMs = 5 * 86_400_000, instants = 40, ids = 6 }: GeneratorOptions): CloudEvent[] {
  const random = seededRandom(seed);
  const id = (prefix: string): string => `${prefix}-${random.below(ids)}`;
  const taken = new Set<string>();
  const events: CloudEvent[] = [];
  while (events.length < count) {
    const source = random.pick(sources);
    const version = 1 + random.below(5);
    const { type, key, data } = random.pick(weighted)(random, version, id);
    // A crowded universe runs out of free versions: widen it rather than loop for ever.
    const name = `${source} ${key} ${version}`;
    if (taken.has(name)) {
      if (random.chance(0.02)) ids++;
      continue;
    }
    taken.add(name);
    const time = new Date(until - random.below(instants) * Math.floor(spanMs / instants)).toISOString();
    events.push({ specversion: '1.0', id: `e-${seed}-${events.length}`, source, type, time, subject: key, data } as CloudEvent);
  }
  return events;
}

export function eventBytes(event: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(event));
}
