/** What people say: the quiet hum about the brand and its competitors, and the stories on top of it. */
import type { EventData } from '../../../shared/events/registry.ts';
import { platforms } from './catalogue.ts';
import { randomFor, type Random } from './random.ts';
import { hourFactor } from './rhythm.ts';
import { loudness, storiesAround, type Story } from './stories.ts';
import { COMPETITORS, MINUTE_MS, OWN_BRAND, type DemoEvent, type DemoWorld } from './world.ts';

const SOURCE = '/demo/listening';
/** Mentions are told one by one for this long before the start: keyword heat compares two days. */
export const MENTIONS_BACK_MS = 48 * 3_600_000;
const OWN_PER_MINUTE = 2.4;
const RIVALS_PER_MINUTE = 3.4;

export const ordinary = [
  { label: 'positive', text: '早上一杯拿铁，奶泡细得像电影。', keywords: ['奶泡'], weight: 4 },
  { label: 'positive', text: '颜值真高，摆在厨房像个雕塑。', keywords: ['颜值'], weight: 3 },
  { label: 'positive', text: '萃取很稳，油脂漂亮，这个价位值了。', keywords: ['萃取'], weight: 3 },
  { label: 'positive', text: '收到了，包装很用心，开箱第一杯就好喝。', keywords: [], weight: 16 },
  { label: 'neutral', text: '想买第一台咖啡机，求推荐。', keywords: ['推荐'], weight: 3 },
  { label: 'neutral', text: '和另一台比参数，差别主要在水箱和锅炉。', keywords: ['对比'], weight: 3 },
  { label: 'neutral', text: '有人蹲这次活动的价格吗？', keywords: ['活动价'], weight: 4 },
  { label: 'neutral', text: '周末在家折腾咖啡。', keywords: [], weight: 14 },
] as const;
export const rivalGripes = [
  { label: 'negative', text: '用了一个月按钮就失灵了。', keywords: ['按钮'], weight: 3 },
  { label: 'negative', text: '售后等了十天没人上门。', keywords: ['售后'], weight: 3 },
] as const;
const rivalHum = [...ordinary, ...rivalGripes];

/** Mentions found within one minute (UTC minute number). */
export function mentionEvents(world: DemoWorld, minute: number): DemoEvent[] {
  const start = minute * MINUTE_MS;
  if (start < world.origin - MENTIONS_BACK_MS) return [];
  const random = randomFor(world.seed, 'mentions', minute);
  const factor = hourFactor(world, start);
  const own = Array.from({ length: random.count(OWN_PER_MINUTE * factor) }, (_, i) =>
    mention(random, minute, `o${i}`, OWN_BRAND, random.weighted(ordinary)),
  );
  const rivals = Array.from({ length: random.count(RIVALS_PER_MINUTE * factor) }, (_, i) =>
    mention(random, minute, `r${i}`, random.pick(COMPETITORS), random.weighted(rivalHum)),
  );
  const told = storiesAround(world, minute).flatMap((s) => storyMentions(world, s, minute));
  return [...own, ...rivals, ...told];
}

function storyMentions(world: DemoWorld, s: Story, minute: number): DemoEvent[] {
  const random = randomFor(world.seed, 'story', s.storyId, minute);
  // The first minute always has the mention that opens the story.
  const n = random.count(loudness(s, minute)) + (minute === s.startMinute ? 1 : 0);
  return Array.from({ length: n }, (_, i) => {
    // What the story is about is always said, the rest by some.
    const keywords = s.keywords.filter((_, at) => at === 0 || random.chance(0.6));
    const said = { label: 'negative', text: random.pick(s.texts), keywords } as const;
    return mention(random, minute, `${s.storyId}-${i}`, OWN_BRAND, said, s);
  });
}

/** One mention found within a minute; `suffix` makes its id the only one of that minute. */
export function mention(
  random: Random,
  minute: number,
  suffix: string,
  brand: string,
  said: { readonly label: 'positive' | 'neutral' | 'negative'; readonly text: string; readonly keywords: readonly string[] },
  s?: Pick<Story, 'storyId' | 'title' | 'sku'>,
): DemoEvent {
  const foundAt = minute * MINUTE_MS + random.between(0, MINUTE_MS - 1);
  const followers = Math.round(60 * Math.exp(9 * random.next() ** 2));
  const data: EventData<'sentiment.mention'> = {
    mentionId: `M-${minute.toString(36)}-${suffix}`,
    version: 1,
    platform: random.weighted(platforms).name,
    brand,
    author: `用户${random.between(10_000, 99_999)}`,
    followers,
    reach: Math.round(followers * (0.1 + 0.4 * random.next())),
    ...(s ? { title: s.title, storyId: s.storyId } : {}),
    text: said.text,
    label: said.label,
    keywords: [...said.keywords],
    ...(s?.sku ? { sku: s.sku } : {}),
    detectedAt: new Date(foundAt).toISOString(),
  };
  const publishedAt = foundAt - random.between(20_000, 180_000);
  return { at: foundAt, event: { type: 'sentiment.mention', id: data.mentionId, source: SOURCE, occurredAt: publishedAt, data } };
}
