/**
 * The odd complaint of the day before the demo began. Without it the brand's sentiment would be
 * spotless until the leak. All belong to one story that the demo's people settle as the first
 * thing they do: its first mention is older than a day, so that it opens no clock by itself,
 * and what was found before the story was settled joins it without starting one [IC3, IC5].
 */
import { mention } from './mentions.ts';
import { randomFor } from './random.ts';
import { hourFactor } from './rhythm.ts';
import { MINUTE_MS, minuteOf, OWN_BRAND, type DemoEvent, type DemoWorld } from './world.ts';

const HOUR_MINUTES = 60;
const FIRST_BEFORE_MINUTES = 25 * HOUR_MINUTES;
/** Well within the day that history begins after, so that telling them may take its time. */
const OTHERS_BEFORE_MINUTES = 23.5 * HOUR_MINUTES;
/** Complaints a minute: good and bad hours, against some 1.2 praises. */
const CALM = 0.06;
const SORE = 0.42;

const said = [
  { text: '外箱压得变形，机器倒是没事。', keywords: ['包装'] },
  { text: '说明书字太小，除垢那页看了三遍。', keywords: ['说明书'] },
  { text: '水箱有点小，一天得加两次水。', keywords: ['水箱'] },
  { text: '说好的活动价，结账时又变了。', keywords: ['活动价'] },
  { text: '蒸汽棒烫，清洁布一擦就粘。', keywords: ['清洗'] },
] as const;

export interface Complaints {
  /** The mention that opens the story, once somebody decides so. */
  readonly first: DemoEvent;
  /** Those that join it, by time. */
  readonly others: readonly DemoEvent[];
}

export function complaints(world: DemoWorld): Complaints {
  const origin = minuteOf(world.origin);
  const story = { storyId: `S-${origin}-gripes`, title: '日常零星差评' };
  const at = (minute: number, index: number): DemoEvent => {
    const random = randomFor(world.seed, 'gripe', minute, index);
    return mention(random, minute, `g${index}`, OWN_BRAND, { label: 'negative', ...random.pick(said) }, story);
  };
  const others: DemoEvent[] = [];
  for (let minute = origin - OTHERS_BEFORE_MINUTES; minute < origin; minute += 1) {
    const mood = randomFor(world.seed, 'gripes', Math.floor(minute / HOUR_MINUTES)).next();
    const mean = (CALM + (SORE - CALM) * mood ** 2) * hourFactor(world, minute * MINUTE_MS);
    const n = randomFor(world.seed, 'gripes of', minute).count(mean);
    others.push(...Array.from({ length: n }, (_, i) => at(minute, i)).filter((e) => e.at < world.origin));
  }
  return { first: at(origin - FIRST_BEFORE_MINUTES, 0), others: others.sort((a, b) => a.at - b.at) };
}
