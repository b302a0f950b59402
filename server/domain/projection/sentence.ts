/**
 * The one sentence of the wall [SE1–SE4]: where the day will land, and the one thing that needs somebody. Parts by rule, from
 * figures that stand on the page; the words are those of the screen. Pure.
 */
import type { ClockView, IncidentView } from '../../../shared/incidents/types.ts';
import { gradeRank } from '../../../shared/incidents/grades.ts';
import { landingAgainst } from '../../../shared/kpi/landing-against.ts';
import { leastAtStake, shortfall, type HeldSales } from '../../../shared/kpi/shortfall.ts';
import { FIRE_BELOW_MS, SOON_BELOW_MS } from '../../../shared/wire/constants.ts';
import type { ChannelRow } from '../../../shared/wire/views/overview.ts';
import type { Sentence, SentenceGroup, SentenceNeed } from '../../../shared/wire/views/sentence.ts';
import { isClosedStatus } from '../../../shared/incidents/status.ts';

interface Period extends HeldSales {
  readonly period: string;
}

export interface SpendingCampaign {
  readonly campaignId: string;
  readonly name: string;
  /** Products it pushes. */
  readonly skus: readonly string[];
  /** True while its warm-up or burst runs. */
  readonly live: boolean;
  /** What it spends, minor units: of campaigns of one product the largest is named. */
  readonly spends: number;
  /** 高投入低产出: margin that is missing; null where nothing is, or it is too early to say. */
  readonly lost: number | null;
}

/** What the sentence looks at of a story: of its clocks the one that is owed; null once it is closed. */
export interface ToldStory extends Pick<IncidentView, 'id' | 'title' | 'status' | 'owner' | 'product' | 'pause' | 'drill' | 'severity'> {
  readonly clock: Pick<ClockView, 'name' | 'dueAt' | 'state' | 'firedAt'> | null;
}

export interface SentenceFacts {
  /** UTC ms. */
  readonly now: number;
  readonly today: Period & { readonly target: number | null; readonly landing: { readonly low: number; readonly high: number } | null };
  readonly month: Period;
  readonly quarter: Period;
  readonly channels: readonly ChannelRow[];
  /** Open ones. */
  readonly stories: readonly ToldStory[];
  readonly campaigns: readonly SpendingCampaign[];
}

/** A channel is named where it alone is missing at least this share of what the day is missing. */
const ONE_CHANNEL = 0.5;

/** null = there is nothing to say. */
export function sentenceOf(facts: SentenceFacts): SentenceGroup {
  const landing = landingOf(facts.today);
  const need = storyNeed(facts) ?? goalNeed(facts) ?? campaignNeed(facts);
  return landing === null && need === null ? null : { day: facts.today.period, landing, need };
}

function landingOf({ landing, target }: SentenceFacts['today']): Sentence['landing'] {
  if (landing === null || target === null || target <= 0) return null;
  const { low, high } = landing;
  const against = landingAgainst(landing, target);
  return against && { low, high, against };
}

type Story = Extract<SentenceNeed, { kind: 'story' }>;

/** The order of the stories that need somebody, the most urgent first. */
const steps = ['minutesLeft', 'answerLate', 'answerMinutes', 'unclaimed', 'disposalLate', 'answerSoon'] as const;

/** null for a story that waits for nobody: somebody is on it and there is time. */
function stepOf({ status, dueAt, breachedAt, owner }: Story, now: number): (typeof steps)[number] | null {
  const late = breachedAt !== null || dueAt <= now;
  if (status === 'responded') return late ? 'disposalLate' : null;
  if (late) return 'answerLate';
  const minutes = dueAt - now < FIRE_BELOW_MS;
  if (status === 'open' && owner === null) return minutes ? 'minutesLeft' : 'unclaimed';
  if (minutes) return 'answerMinutes';
  return dueAt - now < SOON_BELOW_MS ? 'answerSoon' : null;
}

function storyOf(incident: ToldStory): Story | null {
  const { status, clock } = incident;
  if (clock === null || isClosedStatus(status) || incident.drill) return null;
  if (incident.pause !== null && clock.name === 'disposal') return null;
  return {
    kind: 'story',
    incidentId: incident.id,
    title: incident.title,
    status,
    owner: incident.owner,
    clock: clock.name,
    dueAt: clock.dueAt,
    breachedAt: clock.state === 'fired' ? clock.firedAt : null,
    campaign: null,
  };
}

/**
 * A duty that is over comes before one that somebody can still keep in time, but for the minutes in which nobody has begun yet.
 * Of late ones the gravest, then one that nobody has claimed; of any the deadline nearest to now, then the older story.
 */
function storyNeed({ stories, campaigns, now }: SentenceFacts): Story | null {
  const ranked = stories.flatMap((incident) => {
    const story = storyOf(incident);
    const step = story && stepOf(story, now);
    if (story === null || step === null) return [];
    const late = step === 'answerLate' || step === 'disposalLate';
    const order = [
      steps.indexOf(step),
      late ? -gradeRank(incident.severity.grade) : 0,
      late && story.owner !== null ? 1 : 0,
      Math.abs(story.dueAt - now),
    ];
    return [{ story, order, product: incident.product }];
  });
  const [first] = ranked.toSorted(
    (a, b) => a.order.reduce((found, n, i) => found || n - (b.order[i] ?? 0), 0) || (a.story.incidentId < b.story.incidentId ? -1 : 1),
  );
  if (!first) return null;
  const burning = campaigns
    .filter(({ live, skus, spends }) => live && spends > 0 && first.product !== null && skus.includes(first.product))
    .toSorted((a, b) => b.spends - a.spends || (a.campaignId < b.campaignId ? -1 : 1))[0];
  return { ...first.story, campaign: burning ? { campaignId: burning.campaignId, name: burning.name } : null };
}

/** The day before the month before the quarter; small change is no goal behind. */
function goalNeed({ today, month, quarter, channels }: SentenceFacts): SentenceNeed | null {
  const least = Math.max(1, leastAtStake(today.target));
  for (const [grain, held] of [
    ['day', today],
    ['month', month],
    ['quarter', quarter],
  ] as const) {
    const short = shortfall(held);
    if (short < least) continue;
    return { kind: 'goal', grain, period: held.period, short, channel: grain === 'day' ? channelBehind(channels, short) : null };
  }
  return null;
}

function channelBehind(channels: readonly ChannelRow[], short: number): { channel: string; short: number } | null {
  const [first] = channels
    .flatMap((row) => (row.channel === null ? [] : [{ channel: row.channel, short: shortfall(row) }]))
    .toSorted((a, b) => b.short - a.short);
  return first && first.short >= short * ONE_CHANNEL ? first : null;
}

function campaignNeed({ campaigns }: SentenceFacts): SentenceNeed | null {
  const [worst] = campaigns
    .flatMap(({ campaignId, name, lost }) => (lost === null ? [] : [{ kind: 'campaign' as const, campaignId, name, lost }]))
    .toSorted((a, b) => b.lost - a.lost || (a.campaignId < b.campaignId ? -1 : 1));
  return worst ?? null;
}
