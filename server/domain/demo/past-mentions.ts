/**
 * What was said in the half year before the two days that are told mention by mention: enough a day for a sentiment of its
 * own, with better and worse weeks. The negative ones are stories of a month each, which the demo's people open and settle,
 * because a negative mention nobody decided on would wait for a decision for ever.
 */
import { mention, MENTIONS_BACK_MS, ordinary, rivalGripes } from './mentions.ts';
import { randomFor } from './random.ts';
import { COMPETITORS, firstDayOf, minuteOf, OWN_BRAND, type DemoEvent, type DemoWorld } from './world.ts';

const OWN_PER_DAY = 60;
const RIVALS_PER_DAY = 90;
const MINUTES = 1_440;

const complaint = [
  { text: '等了一周才发货。', keywords: ['发货'] },
  { text: '除垢灯一直亮，客服说正常。', keywords: ['除垢'] },
  { text: '盖子卡扣松了，售后要自己寄。', keywords: ['售后'] },
] as const;

/** The last business day told in these coarse strokes, and the one after it. */
export const pastMentionsEnd = (world: DemoWorld): number => world.calendar.dayOf(world.origin - MENTIONS_BACK_MS);

/** What was said on a past day, but for complaints about the own brand. */
export function pastMentions(world: DemoWorld, day: number): DemoEvent[] {
  if (day >= pastMentionsEnd(world)) return [];
  const random = randomFor(world.seed, 'said', day);
  const minute = () => minuteOf(world.calendar.startOfDay(day)) + random.between(0, MINUTES - 2);
  const own = Array.from({ length: OWN_PER_DAY }, (_, i) =>
    mention(random, minute(), `d${day}-o${i}`, OWN_BRAND, random.weighted(ordinary)),
  );
  const rivals = Array.from({ length: RIVALS_PER_DAY }, (_, i) =>
    mention(random, minute(), `d${day}-r${i}`, random.pick(COMPETITORS), random.weighted([...ordinary, ...rivalGripes])),
  );
  return [...own, ...rivals];
}

/** Complaints of a day: two to twelve, more in bad weeks. */
function complaintsOf(world: DemoWorld, day: number, story: { storyId: string; title: string }): DemoEvent[] {
  const mood = randomFor(world.seed, 'week', Math.floor((day + 3) / 7)).next();
  const random = randomFor(world.seed, 'complaints', day);
  const minute = () => minuteOf(world.calendar.startOfDay(day)) + random.between(0, MINUTES - 2);
  return Array.from({ length: 2 + Math.floor(10 * mood ** 2 * random.next()) }, (_, i) =>
    mention(random, minute(), `d${day}-n${i}`, OWN_BRAND, { label: 'negative', ...random.pick(complaint) }, story),
  );
}

/** One story for each month of the past, newest first, its mentions by time. */
export function pastStories(world: DemoWorld): readonly (readonly DemoEvent[])[] {
  const months = new Map<string, DemoEvent[]>();
  for (let day = firstDayOf(world); day < pastMentionsEnd(world); day += 1) {
    const month = world.calendar.formatDay(day).slice(0, 7);
    const story = { storyId: `S-${month}-complaints`, title: `${month} 零星差评` };
    months.set(month, [...(months.get(month) ?? []), ...complaintsOf(world, day, story)]);
  }
  return [...months.values()].reverse().map((events) => events.sort((a, b) => a.at - b.at));
}
