/**
 * A month of sales, the same for every run: orders of two lines by many buyers, with refunds, cancellations and corrections
 * that come in two parts, so that what was known after the first part can be asked for. Each fact is given twice: as the
 * event a source would send, and as the rows somebody would keep who never heard of the war room.
 */

const channels = ['天猫', '京东', '抖音', '小程序商城', '线下门店', '拼多多', '唯品会'];
const regions = ['华东', '华南', '华北', '西南', '华中', '东北', '西北', '港澳台', '江浙', '闽粤', '京津', '川渝'];
const campaigns = Array.from({ length: 20 }, (_, i) => `C-${String(i + 1).padStart(2, '0')}`);
const categories = ['咖啡机', '磨豆机', '咖啡豆', '配件', '滤纸', '杯具', '清洁', '礼盒'];
export const PLATFORMS = ['微博', '小红书', '抖音', '知乎', '视频号'];
export const OWN_BRAND = '山澜';
export const TRACKED_BRAND = '铂域';
const brands = [OWN_BRAND, TRACKED_BRAND, '别家'];

export interface MonthOptions {
  readonly orders: number;
  readonly mentions: number;
  readonly seed: number;
  /** UTC ms of the month's first and last instant, the last one excluded. */
  readonly from: number;
  readonly to: number;
}

/** First or second part of what comes in. */
export type Part = 1 | 2;

export interface Sent {
  readonly part: Part;
  readonly topic: 'sales' | 'mentions';
  readonly key: string;
  readonly event: object;
}

/**
 * One signed amount. It counts at an event time `asOf` and a part `known` where `at` ≤ `asOf` and `part` ≤ `known`, unless the
 * version it comes from was replaced by one that is there too.
 */
export interface BareRow {
  readonly orderId: string;
  readonly buyer: string;
  /** UTC ms; of a refund its own instant. */
  readonly at: number;
  readonly part: Part;
  readonly orderAt: number;
  readonly channel: string;
  readonly region: string;
  readonly campaign: string | null;
  readonly category: string;
  readonly core: boolean;
  readonly amount: number;
  readonly refund: boolean;
  readonly firstLine: boolean;
  readonly replacedAt: number | null;
  readonly replacedPart: Part | null;
  /** When a refund took back the whole order. */
  readonly emptiedAt: number | null;
  readonly emptiedPart: Part | null;
}
export interface BareMention {
  readonly at: number;
  readonly part: Part;
  readonly brand: string;
  readonly platform: string;
  readonly label: 'positive' | 'neutral' | 'negative';
}

export interface Sinks {
  send(sent: Sent): void;
  row(row: BareRow): void;
  mention(mention: BareMention): void;
}

interface Line {
  readonly sku: string;
  readonly category: string;
  readonly core: boolean;
  readonly amount: number;
}
interface Version {
  readonly version: number;
  readonly part: Part;
  readonly channel: string;
  readonly region: string;
  readonly campaign: string | null;
  readonly lines: readonly Line[];
}

/** A small linear congruential generator (Numerical Recipes constants): the same sequence everywhere. */
export function sequence(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
}

const DAY_MS = 86_400_000;
const source = '/bench/shop';

/** Calls the sinks for every fact, in order of payment. */
export function tellMonth(options: MonthOptions, sinks: Sinks): void {
  const { orders, mentions, from, to } = options;
  const below = sequence(options.seed);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const buyers = Math.max(1, Math.floor(orders * 0.3));
  const line = (n: number): Line => {
    const category = below(categories.length);
    const name = categories[category] ?? '';
    return { sku: `SKU-${String(category)}-${String(n)}`, category: name, core: category < 3, amount: 100 * (1 + below(4_000)) };
  };
  const facet = (): Pick<Version, 'channel' | 'region' | 'campaign'> => ({
    channel: pick(channels),
    region: pick(regions),
    campaign: below(10) < 3 ? null : pick(campaigns),
  });
  for (let n = 0; n < orders; n++) {
    const orderId = `SO-${String(options.seed)}-${String(n).padStart(8, '0')}`;
    const buyer = `B-${String(below(buyers))}`;
    const at = from + Math.floor((n / orders) * (to - from));
    const part: Part = below(10) < 6 ? 1 : 2;
    const later = (): Part => (part === 2 || below(2) === 0 ? 2 : 1);
    const first: Version = { version: 1, part, ...facet(), lines: [line(1), line(2)] };
    // One order in a hundred is corrected, one cancelled; seven are refunded, two of them whole.
    const fate = below(100);
    const versions: Version[] = [first];
    if (fate === 0) versions.push({ ...first, ...facet(), version: 2, part: later(), lines: [line(1), line(2)] });
    const cancelled = fate === 1 ? { at: at + 1 + below(5 * DAY_MS), part: later() } : null;
    const refund = fate >= 2 && fate < 9 ? { at: at + 1 + below(8 * DAY_MS), part: later(), whole: fate < 4 } : null;
    for (const version of versions) sinks.send(orderSent(orderId, buyer, at, version));
    if (cancelled) sinks.send(cancelSent(orderId, cancelled));
    if (refund) sinks.send(refundSent(orderId, refund, first.lines));
    for (const [i, version] of versions.entries()) {
      const next = versions[i + 1];
      const replaced = next ? { at, part: next.part } : cancelled;
      const common = {
        ...{ orderId, buyer, orderAt: at, channel: version.channel, region: version.region, campaign: version.campaign },
        ...{ replacedAt: replaced?.at ?? null, replacedPart: replaced?.part ?? null },
        ...{ emptiedAt: refund?.whole ? refund.at : null, emptiedPart: refund?.whole ? refund.part : null },
      };
      version.lines.forEach(({ category, core, amount }, k) =>
        sinks.row({ ...common, at, part: version.part, category, core, amount, refund: false, firstLine: k === 0 }),
      );
      if (refund)
        for (const { category, core, amount } of refundLines(refund, version.lines))
          sinks.row({ ...common, at: refund.at, part: refund.part, category, core, amount: -amount, refund: true, firstLine: false });
    }
  }
  for (let n = 0; n < mentions; n++) {
    const mention: BareMention = {
      at: from + Math.floor((n / mentions) * (to - from)),
      part: below(10) < 6 ? 1 : 2,
      brand: pick(brands),
      platform: pick(PLATFORMS),
      label: pick(['positive', 'positive', 'neutral', 'negative'] as const),
    };
    sinks.mention(mention);
    sinks.send(mentionSent(`M-${String(options.seed)}-${String(n)}`, mention));
  }
}

function refundLines({ whole }: { readonly whole: boolean }, lines: readonly Line[]): readonly Line[] {
  return whole ? lines : lines.slice(0, 1).map((line) => ({ ...line, amount: Math.floor(line.amount / 2) }));
}

function envelope(type: string, id: string, at: number, data: object): object {
  return { specversion: '1.0', id: `e-${id}`, source, type, time: new Date(at).toISOString(), subject: id, data };
}

function orderSent(orderId: string, buyerId: string, at: number, { version, part, channel, region, campaign, lines }: Version): Sent {
  const data = {
    ...{ orderId, version, buyerId, channel, region },
    ...(campaign === null ? {} : { campaignId: campaign }),
    lines: lines.map((line) => ({ ...line, quantity: 1, cost: Math.floor(line.amount / 2) })),
  };
  return { part, topic: 'sales', key: orderId, event: envelope('sales.order.paid', orderId, at, data) };
}

function cancelSent(orderId: string, { at, part }: { readonly at: number; readonly part: Part }): Sent {
  return { part, topic: 'sales', key: orderId, event: envelope('sales.order.cancelled', orderId, at, { orderId, version: 2 }) };
}

function refundSent(
  orderId: string,
  refund: { readonly at: number; readonly part: Part; readonly whole: boolean },
  ordered: readonly Line[],
): Sent {
  const lines = refundLines(refund, ordered).map(({ sku, amount }) => ({ sku, amount }));
  const amount = lines.reduce((sum, line) => sum + line.amount, 0);
  const refundId = `R-${orderId}`;
  const data = { refundId, orderId, version: 1, amount, lines };
  return { part: refund.part, topic: 'sales', key: orderId, event: envelope('sales.order.refunded', refundId, refund.at, data) };
}

function mentionSent(mentionId: string, { at, part, brand, platform, label }: BareMention): Sent {
  const data = { mentionId, version: 1, platform, brand, label, text: '好用' };
  return { part, topic: 'mentions', key: mentionId, event: envelope('sentiment.mention', mentionId, at, data) };
}
