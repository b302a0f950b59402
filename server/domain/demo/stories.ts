/**
 * Negative stories: the leak video that spreads and two smaller ones around the demo's first moment, and after it those of
 * every day: about one an hour from early morning to late evening, so that a clock always runs while somebody may be
 * watching, and three of a day that many talk about. Each opens one incident.
 */
import { kept } from './kept.ts';
import { randomFor } from './random.ts';
import { MINUTE_MS, minuteOf, type DemoWorld } from './world.ts';

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
  { title: '价保不兑现', texts: ['刚买就降价三百，价保申请被拒。'], keywords: ['价保', '降价'] },
  { title: '水箱异味', texts: ['新机水箱一股塑料味，洗了五遍还在。'], keywords: ['异味', '水箱'], sku: 'X5' },
  { title: '安装约不上', texts: ['约了三次上门安装，三次没人来。'], keywords: ['安装', '售后'] },
  { title: '发票开不出', texts: ['公司采购的，发票催了十天。'], keywords: ['发票'] },
  { title: '赠品没寄到', texts: ['说好送的磨豆机呢？页面写着，客服说没有。'], keywords: ['赠品', '活动价'] },
  { title: '除垢灯常亮', texts: ['除垢做了两遍，灯还是亮着。'], keywords: ['除垢', '清洗'], sku: 'X3' },
  { title: '滤杯开裂', texts: ['用了两周滤杯就裂了一道缝。'], keywords: ['滤杯', '质量'] },
  { title: '店员态度差', texts: ['去门店体验，问两句就不耐烦。'], keywords: ['门店', '态度'] },
];
/** What many talk about. */
const loud: readonly Theme[] = [
  leak,
  {
    title: 'X5 触电传闻',
    texts: ['有人说 X5 外壳漏电，真的假的？', 'X5 摸着发麻，不敢用了。'],
    keywords: ['漏电', '安全', 'X5'],
    sku: 'X5',
  },
  { title: '主播虚假宣传', texts: ['直播间说全年最低，第二天又降。', '主播说送的豆子根本没有。'], keywords: ['直播', '虚假宣传'] },
  { title: 'X3 锅炉异响', texts: ['X3 一加热就咣咣响，像要炸。', 'X3 锅炉响，售后说正常？'], keywords: ['异响', '锅炉'], sku: 'X3' },
  { title: '退款拖半个月', texts: ['退款十五天没到账，平台也不管。', '退款进度永远是处理中。'], keywords: ['退款', '客服'] },
];

/** Minutes before the start at which the first three began: their clocks stand at about 9, 47 and 91 minutes. */
const opening = [
  { theme: leak, before: 112, height: 3, rise: 45 },
  { theme: service, before: 74, height: 0.25, rise: 25 },
  { theme: noise, before: 30, height: 0.18, rise: 25 },
] as const;
/** Minutes of the business day at which a story begins, give or take some; those that many talk about before the hours at which people look. */
const quietAt = [40, 205, 340, 405, 455, 560, 625, 690, 745, 850, 915, 980, 1_045, 1_105, 1_160, 1_265, 1_325, 1_385];
const loudAt = [505, 800, 1_215];
const slots = [...quietAt.map((minute) => ({ minute, many: false })), ...loudAt.map((minute) => ({ minute, many: true }))];
const JITTER_MINUTES = 12;
/** The stories of the first hour are those of the opening. */
const AFTER_OPENING_MINUTES = 25;

/** Stories that may still be spoken of in this minute. */
export function storiesAround(world: DemoWorld, minute: number): Story[] {
  const today = world.calendar.dayOf(minute * MINUTE_MS);
  return [...openingOf(world), ...storiesOf(world, today - 1), ...storiesOf(world, today)].filter(
    (s) => minute >= s.startMinute && minute < s.startMinute + 7 * s.rise,
  );
}

function openingOf(world: DemoWorld): Story[] {
  const origin = minuteOf(world.origin);
  return opening.map(({ theme, before, height, rise }, i) => ({
    ...theme,
    ...{ storyId: `S-${origin}-${i}`, startMinute: origin - before, height, rise },
  }));
}

/** The stories that begin on a business day. */
const storiesOf = kept(8, (world, day): readonly Story[] => {
  const { calendar, origin, seed } = world;
  const midnight = minuteOf(calendar.startOfDay(day));
  // From day to day the themes go on where they stopped, so that none comes twice within hours.
  return slots
    .map(({ minute, many }, i): Story => {
      const random = randomFor(seed, 'story', day, i);
      const theme = many ? at(loud, day * loudAt.length + i - quietAt.length) : at(later, day * quietAt.length + i);
      const startMinute = midnight + minute + random.between(0, JITTER_MINUTES);
      const size = many ? { height: 1.1 + 0.9 * random.next(), rise: 40 } : { height: 0.12 + 0.25 * random.next(), rise: 25 };
      return { ...theme, ...size, storyId: `S-${calendar.formatDay(day)}-${i}`, startMinute };
    })
    .filter(({ startMinute }) => startMinute >= minuteOf(origin) + AFTER_OPENING_MINUTES);
});

const at = (themes: readonly Theme[], i: number): Theme => themes[((i % themes.length) + themes.length) % themes.length] ?? leak;

/** Mentions of a story in a minute, on average: it swells, then fades. */
export function loudness(s: Story, minute: number): number {
  const t = (minute - s.startMinute) / s.rise;
  return t < 0 ? 0 : s.height * t * Math.exp(1 - t);
}
