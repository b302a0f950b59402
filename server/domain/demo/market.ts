/** What happens once or a few times a day: competitors move, content goes out, visits are counted, people engage. */
import type { EventData, EventType } from '../../../shared/events/registry.ts';
import { campaignsOf, runsOn } from './campaigns.ts';
import { platforms } from './catalogue.ts';
import { randomFor, type Random } from './random.ts';
import { hourFactor } from './rhythm.ts';
import { fineFrom, firstDayOf, MINUTE_MS, PAST_DAYS, type DemoEvent, type DemoWorld } from './world.ts';

type Move = Pick<EventData<'competitor.move'>, 'kind' | 'title' | 'sku' | 'before' | 'after' | 'impact'>;
/** Competitors' price lists, so that a move's before and after are plausible. */
const models = [
  { competitor: '铂域', sku: 'A8', price: 3_299 },
  { competitor: '禾川', sku: 'H3', price: 2_199 },
  { competitor: '意朗', sku: 'Duo 2', price: 4_599 },
  { competitor: '拓沫', sku: 'M2', price: 1_099 },
] as const;
const yuan = (n: number) => `¥${n.toString().replace(/(?=(\d{3})+$)(?<=\d)/g, ',')}`;

const ENGAGED_PER_MINUTE = 24;
const ENGAGED_PAST_DAY = 160;
const titles = ['三分钟拉花', '办公室第一杯', '豆子怎么选', '除垢看这一条', '周末手冲', '晨间仪式感'];

const launches = [
  { of: 'Pro', more: 1.12, impact: 'high' },
  { of: '联名款', more: 1.05, impact: 'medium' },
  { of: 'Mini', more: 0.7, impact: 'medium' },
  { of: '限定色', more: 1, impact: 'low' },
  { of: 'Max', more: 1.3, impact: 'high' },
  { of: '礼盒装', more: 1.08, impact: 'low' },
  { of: 'SE', more: 0.82, impact: 'medium' },
] as const;
const steps = [
  { kind: 'channel', title: '进驻抖音旗舰店' },
  { kind: 'promotion', title: '满 2000 减 300' },
  { kind: 'channel', title: '上线京东自营' },
  { kind: 'content', title: '签约代言人' },
  { kind: 'promotion', title: '百亿补贴专场' },
  { kind: 'channel', title: '开出城市快闪店' },
  { kind: 'content', title: '发起拉花挑战' },
  { kind: 'promotion', title: '旧机抵 400 元' },
  { kind: 'channel', title: '进山姆会员店' },
] as const;
/** The first move of a day comes before the stand-up. */
const EARLY = 480;

/** Beyond these shares of its list price a model is not sold. */
const CHEAPEST = 0.75;
const DEAREST = 1.1;

/** The prices a day begins with; each follows from the moves of the day before. */
type Prices = ReadonlyMap<string, number>;
const known = new WeakMap<DemoWorld, Map<number, { readonly moves: readonly DemoEvent[]; readonly after: Prices }>>();

/** The moves of one business day, by time, and the prices they leave. Every price begins at its list price, six months ago. */
function dayOfMoves(world: DemoWorld, day: number): { readonly moves: readonly DemoEvent[]; readonly after: Prices } {
  const days = known.get(world) ?? new Map<number, { readonly moves: readonly DemoEvent[]; readonly after: Prices }>();
  known.set(world, days);
  // From the first day that is not known yet: a price is the sum of all moves before it.
  let from = day;
  while (from > firstDayOf(world) && !days.has(from)) from -= 1;
  let prices: Prices = days.get(from)?.after ?? new Map(models.map(({ sku, price }) => [sku, price]));
  for (let at = days.has(from) ? from + 1 : from; at <= day; at += 1) {
    const made = movesFrom(world, at, prices);
    days.set(at, made);
    prices = made.after;
  }
  return days.get(day) ?? { moves: [], after: prices };
}

const moves = (world: DemoWorld, day: number): readonly DemoEvent[] => dayOfMoves(world, day).moves;

function movesFrom(world: DemoWorld, day: number, before: Prices): { readonly moves: readonly DemoEvent[]; readonly after: Prices } {
  const random = randomFor(world.seed, 'moves', day);
  const prices = new Map(before);
  const minutes = [EARLY + random.between(0, 35), ...Array.from({ length: random.between(0, 2) }, () => 570 + random.between(0, 630))];
  const slots = minutes.map((minute) => world.calendar.startOfDay(day) + minute * MINUTE_MS);
  const made = slots
    .toSorted((a, b) => a - b)
    .map((at, i) => {
      const model = random.pick(models);
      const moveId = `CM-${day}-${i}`;
      const data: EventData<'competitor.move'> = { moveId, version: 1, competitor: model.competitor, ...move(random, model, prices, day) };
      return event('/demo/watch', at, 'competitor.move', moveId, data);
    });
  return { moves: made, after: prices };
}

/** Up to the next ten less one, as prices are written: 2,799. */
const round = (price: number): number => Math.round(price / 10) * 10 - 1;

function move(random: Random, model: (typeof models)[number], prices: Map<string, number>, day: number): Move {
  const { sku, price: list } = model;
  const price = prices.get(sku) ?? list;
  // Which of several it is follows from the day, so that nobody brings out the same thing twice within weeks.
  switch (random.between(0, 5)) {
    case 0: {
      const { of, more, impact } = launches[day % launches.length] ?? launches[0];
      return { kind: 'product', title: `${sku} ${of}`, sku, after: yuan(round(list * more)), impact };
    }
    case 1:
      return { ...(steps[day % steps.length] ?? steps[0]), impact: 'medium' };
    default: {
      // What is cheap goes back up, what is dear comes down, in between mostly down.
      const dearest = round(list * DEAREST);
      const wished = price <= list * CHEAPEST * 1.1 || (price < list && random.chance(0.5)) || random.chance(0.1);
      const up = wished && price < dearest;
      const to = up
        ? Math.min(round(price * (1.05 + 0.1 * random.next())), dearest)
        : Math.max(round(price * (0.84 + 0.1 * random.next())), round(list * CHEAPEST));
      prices.set(sku, to);
      const words = { kind: 'price', sku, before: yuan(price), after: yuan(to) } as const;
      return to > price ? { ...words, title: `${sku} 涨价`, impact: 'low' } : { ...words, title: `${sku} 降价`, impact: 'high' };
    }
  }
}

/** The same of a whole past day; people who engage are a sample of it. */
export function marketDay(world: DemoWorld, day: number): DemoEvent[] {
  const noon = world.calendar.startOfDay(day) + 720 * MINUTE_MS;
  return [...moves(world, day), ...published(world, day), visits(world, day, noon + 719 * MINUTE_MS, 1), ...engagedOfDay(world, day)];
}

function published(world: DemoWorld, day: number): DemoEvent[] {
  const random = randomFor(world.seed, 'content', day);
  return Array.from({ length: random.between(0, 2) }, (_, i) => {
    const at = world.calendar.startOfDay(day) + (600 + random.between(0, 600)) * MINUTE_MS;
    const contentId = `N-${day}-${i}`;
    return event('/demo/content', at, 'content.published', contentId, {
      contentId,
      version: 1,
      platform: random.weighted(platforms).name,
      title: random.pick(titles),
    });
  });
}

/** Visits of a day so far; the version rises with the share of the day that is over. */
function visits(world: DemoWorld, day: number, at: number, share: number): DemoEvent {
  const total = Math.round(
    randomFor(world.seed, 'visits', day).between(4_100, 5_100) * (0.85 + (0.15 * Math.max(0, day - firstDayOf(world))) / PAST_DAYS) * share,
  );
  const version = Math.max(1, Math.round(share * 1_440));
  const data = { date: world.calendar.formatDay(day), channel: '官网', version, visits: total, organic: Math.round(total * 0.41) };
  return event('/demo/web', at, 'traffic.daily', `${data.date}-${version}`, data);
}

/** The same, minute by minute (UTC minute number), on the days that are told finely. */
export function marketEvents(world: DemoWorld, minute: number): DemoEvent[] {
  const start = minute * MINUTE_MS;
  const end = start + MINUTE_MS;
  const day = world.calendar.dayOf(start);
  const dayStart = world.calendar.startOfDay(day);
  const events = [...moves(world, day), ...published(world, day)].filter((e) => e.at >= start && e.at < end);
  const minuteOfDay = Math.floor((start - dayStart) / MINUTE_MS);
  if (minuteOfDay % 30 === 29) events.push(visits(world, day, end - 1, (minuteOfDay + 1) / 1_440));
  // Engagements one by one only from the start on: for the past, the campaigns' totals say enough.
  if (start >= Math.max(world.origin, fineFrom(world))) events.push(...engaged(world, minute));
  return events;
}

function engagedOfDay(world: DemoWorld, day: number): DemoEvent[] {
  const random = randomFor(world.seed, 'engaged day', day);
  const start = world.calendar.startOfDay(day);
  const running = campaignsOf(world, day).filter((c) => c.plan.kind !== 'offline' && runsOn(c, day));
  return Array.from({ length: ENGAGED_PAST_DAY }, (_, i) => {
    const engagementId = `E-${day}-${i}`;
    const campaignId = running.length > 0 && random.chance(0.7) ? random.pick(running).plan.campaignId : undefined;
    return event('/demo/social', start + random.between(8 * 60, 22 * 60) * MINUTE_MS + i, 'audience.engaged', engagementId, {
      engagementId,
      version: 1,
      // Two in three are buyers, the others people who may become leads.
      personId: random.chance(0.66) ? `B-${random.between(1, 24_000)}` : `demo:${random.between(1, 90_000)}`,
      platform: random.weighted(platforms).name,
      ...(campaignId ? { campaignId } : {}),
      touch: random.pick(['earned', 'paid', 'owned'] as const),
      action: random.pick(['read', 'read', 'like', 'like', 'share', 'comment', 'click'] as const),
    });
  });
}

function engaged(world: DemoWorld, minute: number): DemoEvent[] {
  const random = randomFor(world.seed, 'engaged', minute);
  const day = world.calendar.dayOf(minute * MINUTE_MS);
  const running = campaignsOf(world, day).filter((c) => c.plan.kind !== 'offline' && runsOn(c, day));
  return Array.from({ length: random.count(ENGAGED_PER_MINUTE * hourFactor(world, minute * MINUTE_MS)) }, (_, i) => {
    const engagementId = `E-${minute.toString(36)}-${i}`;
    return event('/demo/social', minute * MINUTE_MS + random.between(0, MINUTE_MS - 1), 'audience.engaged', engagementId, {
      engagementId,
      version: 1,
      personId: `B-${random.between(1, 24_000)}`,
      platform: random.weighted(platforms).name,
      ...(running.length > 0 ? { campaignId: random.pick(running).plan.campaignId } : {}),
      touch: random.pick(['earned', 'paid', 'owned'] as const),
      action: random.pick(['read', 'read', 'like', 'like', 'share', 'comment', 'click'] as const),
    });
  });
}

function event<T extends EventType>(source: string, at: number, type: T, id: string, data: EventData<T>): DemoEvent {
  return { at, event: { type, id, source, occurredAt: at, data } as DemoEvent['event'] };
}
