/**
 * Negative stories: the leak video that spreads, two smaller ones, and one more every
 * hour and a half for as long as the demo runs. Each opens one incident.
 */
import { randomFor } from './random.ts';
import { MINUTE_MS, type DemoWorld } from './world.ts';

export interface Story {
  readonly storyId: string;
  /** UTC minute number of its first mention. */
  readonly startMinute: number;
  readonly title: string;
  readonly texts: readonly string[];
  readonly keywords: string[];
  readonly sku?: string;
  /** Mentions a minute at its height. */
  readonly height: number;
  /** Minutes from start to height; it has faded after about six times that. */
  readonly rise: number;
}
type Theme = Pick<Story, 'title' | 'texts' | 'keywords' | 'sku'>;

const leak: Theme = {
  title: 'X5 漏水视频',
  texts: ['新买的 X5 用到第三周开始漏水，台面全湿。', '又一台 X5 漏水，客服让我自己换密封圈？', 'X5 漏水的视频看得心慌，退货还来得及吗'],
  keywords: ['漏水', '售后', 'X5'],
  sku: 'X5',
};
const service: Theme = {
  title: '客服推诿退换',
  texts: ['退换货转了四个客服，没人认账。', '说好七天无理由，到了客服这里就变成要检测。'],
  keywords: ['客服', '退换'],
};
const noise: Theme = {
  title: '研磨噪音大',
  texts: ['早上磨个豆子，隔壁都醒了。', 'M2 的研磨声像电钻，和宣传的静音差太远。'],
  keywords: ['噪音', '研磨'],
  sku: 'M2',
};
const later: readonly Theme[] = [
  { title: '奶泡管难清洗', texts: ['奶泡管里全是奶垢，说明书一句没提。'], keywords: ['奶泡', '清洗'], sku: 'X3' },
  { title: '发货慢三天', texts: ['下单三天还没出库，客服只会说再等等。'], keywords: ['发货', '物流'] },
  { title: '咖啡豆不新鲜', texts: ['收到的豆子是两个月前烘的，标着新鲜烘焙？'], keywords: ['咖啡豆', '新鲜'], sku: 'BEAN-500' },
  { title: '价格保护不兑现', texts: ['刚买就降价三百，价保申请被拒。'], keywords: ['价保', '降价'] },
  { title: '水箱异味', texts: ['新机水箱一股塑料味，洗了五遍还在。'], keywords: ['异味', '水箱'], sku: 'X5' },
];

/** Minutes before the start at which the first three began: their clocks stand at about 9, 47 and 91 minutes. */
const opening = [
  { theme: leak, before: 112, height: 3, rise: 45 },
  { theme: service, before: 74, height: 0.25, rise: 25 },
  { theme: noise, before: 30, height: 0.18, rise: 25 },
] as const;
const EVERY_MINUTES = 95;

/** Stories that may still be spoken of in this minute. */
export function storiesAround(world: DemoWorld, minute: number): Story[] {
  const origin = Math.floor(world.origin / MINUTE_MS);
  const newest = Math.floor((minute - origin) / EVERY_MINUTES);
  const indexes = new Set([-3, -2, -1, newest - 3, newest - 2, newest - 1, newest].filter((i) => (i < 0 ? i >= -3 : i >= 0)));
  return [...indexes].map((i) => story(world, origin, i)).filter((s) => minute >= s.startMinute && minute < s.startMinute + 7 * s.rise);
}

/** `index` −3 … −1 are the three of the opening, 0 and up those that follow. */
export function story(world: DemoWorld, originMinute: number, index: number): Story {
  if (index < 0) {
    const o = opening[index + 3] as (typeof opening)[number];
    return { ...o.theme, storyId: `S-${originMinute}-${index + 3}`, startMinute: originMinute - o.before, height: o.height, rise: o.rise };
  }
  const random = randomFor(world.seed, 'story', index);
  const theme = later[(index + random.between(0, 1)) % later.length] as Theme;
  const startMinute = originMinute + 25 + index * EVERY_MINUTES + random.between(0, 20);
  return { ...theme, storyId: `S-${originMinute}-${index + 3}`, startMinute, height: 0.12 + 0.25 * random.next(), rise: 25 };
}

/** Mentions of a story in a minute, on average: it swells, then fades. */
export function loudness(s: Story, minute: number): number {
  const t = (minute - s.startMinute) / s.rise;
  return t < 0 ? 0 : s.height * t * Math.exp(1 - t);
}
