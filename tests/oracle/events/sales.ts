/** Orders with corrections and cancellations, and refunds: whole, by line, over all lines, of orders nobody knows, of SKUs the order lacks. */
import type { EventData } from '../../../shared/events/registry.ts';
import { DAY, sources, type Story } from './story.ts';

export const channels = ['天猫', '京东', '抖音'] as const;
export const regions = ['华东', '华南'] as const;
const skus = ['X5', 'X3', 'BEAN', 'CUP'] as const;
type Paid = EventData<'sales.order.paid'>;
type Lines = Paid['lines'];

/** Few ids, so that persons, buyers and customers meet: a customer's id is sometimes a buyer's. */
export const buyer = ({ random }: Story): string => `P-${random.below(7)}`;
export const customer = ({ random }: Story): string => (random.chance(0.4) ? `P-${random.below(7)}` : `K-${random.below(4)}`);
export const contact = ({ random }: Story): string => `H-${random.below(5)}`;
export const campaign = ({ random }: Story): string => (random.chance(0.1) ? 'C-unplanned' : `C-${random.below(4)}`);
export const money = ({ random }: Story): number => (random.chance(0.08) ? 0 : 1 + random.below(60_000));

function lines(story: Story): Lines {
  const { random } = story;
  return Array.from({ length: 1 + random.below(3) }, () => {
    const sku = random.pick(skus);
    const amount = money(story);
    return {
      sku,
      category: sku.startsWith('X') ? '咖啡机' : random.chance(0.8) ? '周边' : '咖啡豆',
      core: sku.startsWith('X') || random.chance(0.1),
      quantity: random.below(3),
      amount,
      ...story.maybe(0.7, 'cost', Math.floor(amount * (0.2 + random.next()))),
    };
  });
}

function paid(story: Story, orderId: string, version: number): Paid {
  const { random } = story;
  return {
    orderId,
    version,
    buyerId: buyer(story),
    ...story.maybe(0.4, 'customerId', customer(story)),
    ...story.maybe(0.4, 'leadId', `L-${random.below(14)}`),
    ...story.maybe(0.35, 'campaignId', campaign(story)),
    channel: random.pick(channels),
    region: random.pick(regions),
    lines: lines(story),
  };
}

export function tellSales(story: Story, count: number): void {
  const { random } = story;
  for (let i = 0; i < count; i++) {
    // The same ids in two sources are two orders.
    const orderId = `SO-${random.chance(0.3) ? random.below(count) : i}`;
    const source = sources[i % 2] ?? '/shop/a';
    const at = story.instant();
    let order = paid(story, orderId, 2 + i * 10);
    story.add('sales.order.paid', at, order, source);
    if (random.chance(0.25)) {
      const version = order.version + random.pick([-1, 1, 2]);
      const moved = random.pick([
        paid(story, orderId, version),
        { ...order, version, channel: random.pick(channels), region: random.pick(regions) },
        { ...order, version, lines: lines(story) },
      ]);
      story.add('sales.order.paid', random.chance(0.5) ? at : story.near(at, 9 * DAY), moved, source);
      if (version > order.version) order = moved;
    }
    if (random.chance(0.15)) {
      const version = order.version + random.pick([-2, 3, 3, 3]);
      story.add('sales.order.cancelled', story.near(at, 5 * DAY), { orderId, version }, source);
    }
    if (random.chance(0.4)) tellRefund(story, `RF-${i}`, order, at, source);
    if (random.chance(0.1)) tellRefund(story, `RF-${i}-b`, order, at, source);
  }
  for (let i = 0; i < 2; i++) tellRefund(story, `RF-lost-${i}`, paid(story, `SO-lost-${i}`, 1), story.instant(), story.source());
}

function tellRefund(story: Story, refundId: string, order: Paid, at: number, source: '/shop/a' | '/shop/b'): void {
  const { random } = story;
  const { orderId } = order;
  const total = order.lines.reduce((sum, line) => sum + line.amount, 0);
  const some = order.lines.filter(() => random.chance(0.6)).map(({ sku, amount }) => ({ sku, amount: random.below(amount + 1) }));
  const parts = [...some, ...(random.chance(0.3) ? [{ sku: random.chance(0.5) ? 'GONE' : random.pick(skus), amount: money(story) }] : [])];
  const refund = (version: number): EventData<'sales.order.refunded'> => {
    const form = random.below(4);
    if (form === 0) return { refundId, orderId, version, amount: total };
    if (form === 1 || parts.length === 0) return { refundId, orderId, version, amount: random.below(total + 1) };
    return { refundId, orderId, version, amount: parts.reduce((sum, part) => sum + part.amount, 0), lines: parts };
  };
  story.add('sales.order.refunded', story.near(at, 12 * DAY), refund(3), source);
  if (random.chance(0.2)) story.add('sales.order.refunded', story.near(at, 12 * DAY), refund(random.pick([1, 4])), source);
}
