/**
 * The benchmark's input: orders of two lines as the contract wants them, the same
 * for every run, with the sums they must give, so that a fast wrong run is no result.
 */
const channels = ['天猫', '京东', '抖音', '小程序商城', '线下门店', '拼多多'];
const regions = ['华东', '华南', '华北', '西南', '华中', '东北', '西北', '港澳台'];
const campaigns = ['C-1111', 'C-BLACK', 'C-WINTER', undefined, undefined, undefined];
const skus = [
  { sku: 'X5', category: '咖啡机', core: true, price: 329_900, cost: 181_400 },
  { sku: 'X3', category: '咖啡机', core: true, price: 219_900, cost: 128_300 },
  { sku: 'GRIND-2', category: '磨豆机', core: true, price: 89_900, cost: 47_200 },
  { sku: 'BEAN-500', category: '咖啡豆', core: false, price: 6_900, cost: 3_100 },
  { sku: 'CUP-2', category: '配件', core: false, price: 12_900, cost: 5_400 },
];

export interface BenchTotals {
  orders: number;
  net: number;
  netByChannel: Record<string, number>;
  buyers: number;
}

/** A small linear congruential generator (Numerical Recipes constants): the same sequence everywhere. */
function sequence(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
}

/**
 * `count` orders spread evenly over the `spanMs` before `endAt` (UTC ms), in time order, by
 * about `count / 4` buyers. Calls `emit` with the entity key and the JSON text of each.
 */
export function generateOrders(
  options: { count: number; seed: number; endAt: number; spanMs: number },
  emit: (key: string, json: string) => void,
): BenchTotals {
  const below = sequence(options.seed);
  const totals: BenchTotals = { orders: 0, net: 0, netByChannel: {}, buyers: 0 };
  const buyers = new Set<number>();
  const buyerCount = Math.max(1, Math.floor(options.count / 4));
  for (let n = 0; n < options.count; n++) {
    const at = options.endAt - options.spanMs + Math.floor((n / options.count) * options.spanMs);
    const buyer = below(buyerCount);
    buyers.add(buyer);
    const channel = channels[below(channels.length)] as string;
    const campaignId = campaigns[below(campaigns.length)];
    const lines = [below(skus.length), below(skus.length)].map((i) => {
      const item = skus[i] as (typeof skus)[number];
      const quantity = 1 + below(2);
      return {
        sku: item.sku,
        category: item.category,
        core: item.core,
        quantity,
        amount: item.price * quantity,
        cost: item.cost * quantity,
      };
    });
    const orderId = `SO-${String(options.seed)}-${String(n).padStart(8, '0')}`;
    const amount = (lines[0]?.amount ?? 0) + (lines[1]?.amount ?? 0);
    totals.orders += 1;
    totals.net += amount;
    totals.netByChannel[channel] = (totals.netByChannel[channel] ?? 0) + amount;
    emit(
      orderId,
      JSON.stringify({
        specversion: '1.0',
        id: `e-${orderId}`,
        source: '/bench/shop',
        type: 'sales.order.paid',
        time: new Date(at).toISOString(),
        subject: orderId,
        datacontenttype: 'application/json',
        data: {
          orderId,
          version: 1,
          buyerId: `B-${String(buyer)}`,
          ...(campaignId === undefined ? {} : { campaignId }),
          channel,
          region: regions[below(regions.length)],
          lines,
        },
      }),
    );
  }
  totals.buyers = buyers.size;
  return totals;
}
