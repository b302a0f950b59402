/** What the demo's company sells, where and to whom. Amounts in 分. */

export interface Product {
  readonly sku: string;
  readonly category: '咖啡机' | '咖啡豆' | '配件';
  readonly core: boolean;
  readonly price: number;
  readonly cost: number;
  /** Share of order lines. */
  readonly weight: number;
  readonly most: number;
}
export const products: readonly Product[] = [
  { sku: 'X5', category: '咖啡机', core: true, price: 329_900, cost: 181_400, weight: 1.4, most: 1 },
  { sku: 'X3', category: '咖啡机', core: true, price: 189_900, cost: 108_200, weight: 2, most: 1 },
  { sku: 'M2', category: '咖啡机', core: true, price: 89_900, cost: 54_800, weight: 3, most: 2 },
  { sku: 'BEAN-500', category: '咖啡豆', core: false, price: 6_900, cost: 3_100, weight: 34, most: 4 },
  { sku: 'BEAN-1000', category: '咖啡豆', core: false, price: 12_800, cost: 5_900, weight: 20, most: 3 },
  { sku: 'DRIP-30', category: '咖啡豆', core: false, price: 8_900, cost: 3_700, weight: 14, most: 3 },
  { sku: 'GRIND-2', category: '配件', core: false, price: 39_900, cost: 22_300, weight: 5, most: 1 },
  { sku: 'CUP-SET', category: '配件', core: false, price: 8_900, cost: 3_400, weight: 8, most: 2 },
  { sku: 'DESCALE', category: '配件', core: false, price: 4_900, cost: 1_300, weight: 7, most: 2 },
];

export const channels = [
  { name: '天猫', weight: 34 },
  { name: '抖音', weight: 25 },
  { name: '京东', weight: 23 },
  { name: '线下门店', weight: 10 },
  { name: '小程序商城', weight: 8 },
] as const;

export const regions = [
  { name: '华东', weight: 34 },
  { name: '华南', weight: 22 },
  { name: '华北', weight: 18 },
  { name: '华中', weight: 11 },
  { name: '西南', weight: 9 },
  { name: '东北', weight: 4 },
  { name: '西北', weight: 2 },
] as const;

/** Places people talk. */
export const platforms = [
  { name: '小红书', weight: 32 },
  { name: '抖音', weight: 27 },
  { name: '微博', weight: 25 },
  { name: '知乎', weight: 11 },
  { name: '黑猫', weight: 5 },
] as const;

/** What an ordinary day sells, 分; days are scaled around it. */
export const DAY_PLAN = 62_000_000;
/**
 * Orders of an ordinary day. With the mix above they come to about DAY_PLAN. Half a year of them is more than a quarter of a million,
 * which is what a first start can send through the ordinary line while somebody watches.
 */
export const ORDERS_PER_DAY = 1_500;

/** Given with some orders of a campaign; nobody has entered what it costs. */
export const GIFT_BOX = { sku: 'GIFT-BOX', category: '礼盒', core: false, price: 12_900 } as const;

/** What an order's lines are worth on average, by the weights above: one product, and a second one now and then. */
const drawn = products.reduce((sum, { weight }) => sum + weight, 0);
const mean = (of: (product: Product) => number): number =>
  products.reduce((sum, p) => sum + (p.weight * of(p) * (1 + p.most)) / 2 / drawn, 0);
const LINES_PER_ORDER = 1.35;
/** Three in ten lines cost a seventh less or so. */
const PAID_SHARE = 0.976;
/** Of what is bought, about a thirtieth is cancelled or given back, with the whole of its price and not of its cost. */
const KEPT_SHARE = 0.965;
/** What the orders of an ordinary day come to, net, and what is left of it above the cost of goods, 分. */
export const SALES_PER_DAY = ORDERS_PER_DAY * LINES_PER_ORDER * KEPT_SHARE * PAID_SHARE * mean((p) => p.price);
export const MARGIN_PER_DAY = SALES_PER_DAY - ORDERS_PER_DAY * LINES_PER_ORDER * mean((p) => p.cost);
