/**
 * POST /api/policies/<name>/back-test: a rule is tried on what is stored before it goes live, beside the rule in force.
 * Reads pages on the thread of heavy questions, gives way between them, and writes nothing.
 */
import type { ZodType } from 'zod';
import { backTestNames, type BackTestName, type BackTestRun } from '../../../shared/incidents/back-test.ts';
import { policySchemas, type Policies } from '../../../shared/kpi/targets.ts';
import { rosterRoles } from '../../../shared/incidents/ladder.ts';
import { emptyRoster } from '../../../shared/incidents/roster.ts';
import { topicFinder } from '../../../shared/incidents/topic-finder.ts';
import { brandKey, brandSet } from '../../../shared/text/brand-key.ts';
import { callsOf, spikeCalls, type CallingRule, type Roster } from '../../domain/back-test/calls.ts';
import { createRegrouping, type RegroupedMention, type Regrouping } from '../../domain/back-test/regroup.ts';
import { createReplay, type ReplayedMention, type ReplayRule } from '../../domain/back-test/replay.ts';
import { countCases, differences, type CountedCase, type OutcomeOf } from '../../domain/back-test/sum-up.ts';
import { usableChannels } from '../../domain/escalation/contact-channels.ts';
import { calledFor, recipientsOf, rosterBook } from '../../domain/escalation/roster.ts';
import { standing, type Fact } from '../../domain/facts.ts';
import { detectionOf } from '../../domain/fold/detection.ts';
import { dailyKey, storyKey, storyTitle } from '../../domain/incidents/story.ts';
import { findSpikes, LOOK_MS, type TenMinutes } from '../../domain/severity/spikes.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import { wordedText } from '../incidents/severity-member.ts';
import { fingerprintOfFact } from '../incidents/telling.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { StoreReads } from '../ports/reads.ts';
import { isRefusal, refuse, type Refusal } from '../ports/refusal.ts';
import type { ReplayPage } from '../ports/replay.ts';
import { policyValue } from './policy-value.ts';
import type { BackTestService } from './services.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const PAGE = 2_000;
/** A question about more would hold the answer up for longer than people wait; what was looked at is said. */
const MENTIONS_MOST = 300_000;
/** Spikes are looked for in days at a time, so that the loop gets its turn. */
const LOOKS_AT_ONCE = 144;

export interface BackTestParts {
  readonly reads: Pick<StoreReads, 'channels' | 'replayMentions' | 'storyHandling' | 'mentionSlots' | 'policies' | 'policyHistory'>;
  readonly calendar: Calendar;
  readonly clock: ClockPort;
  /** Messages a minute that the channel with this id takes. */
  readonly quotas: () => Promise<(channel: string) => number | null>;
  readonly yieldIfDue: () => Promise<void> | undefined;
}

/** Mentions that are compared with each other before anything is kept, as a batch that comes in would be. */
const GROUPED_AT_ONCE = 200;

/** A spike has no grade of its own; beside cases that have one it stands with those that call people at once. */
const SPIKE_GRADE = 'orange';

/** What a run was made of, before the two are compared. */
interface Tried {
  readonly mentions: number;
  readonly proposed: ReadonlyMap<string, CountedCase>;
  readonly inForce: ReadonlyMap<string, CountedCase>;
}

/** Who is on duty when, as the roster in force says. */
async function rosterInForce(reads: Pick<StoreReads, 'policyHistory' | 'channels'>, now: number): Promise<Roster> {
  const [history, channels] = await Promise.all([reads.policyHistory('roster'), reads.channels()]);
  const versions = history.filter(({ effectiveFrom, setAt }) => effectiveFrom <= Math.max(now, setAt));
  const newest = versions.toSorted((a, b) => a.effectiveFrom - b.effectiveFrom || a.version - b.version).at(-1);
  const read = policySchemas.roster.safeParse(newest?.value);
  const usable = usableChannels(channels);
  const book = rosterBook(read.success ? read.data : emptyRoster, usable);
  const there = new Set(usable);
  return {
    holders: (roles, at) => recipientsOf(book, roles, at).flatMap(({ person }) => (person && book.reaches(person) ? [person] : [])),
    called: (rungs, at) => calledFor(book, rungs, rosterRoles, at).people,
    // A channel that is switched off passes its messages on.
    channelOf: ({ contacts }) => (contacts.find(({ channel }) => there.has(channel)) ?? contacts[0])?.channel,
  };
}

export function createBackTests({ reads, calendar, clock, quotas, yieldIfDue }: BackTestParts): BackTestService {
  /** Negative mentions of own brands, a page at a time. */
  async function eachPage(
    range: Range,
    policies: Policies,
    visit: (mentions: readonly ReplayedMention[], facts: readonly Fact[]) => void,
  ): Promise<number> {
    const own = brandSet(policies.brands.own);
    let seen = 0;
    let after: readonly [number, string] | null = null;
    for (;;) {
      const page: ReplayPage = await reads.replayMentions({ ...range, after, limit: PAGE });
      const rows = page
        .flatMap((row) => replayed(row).map((mention) => ({ mention, fact: row.fact })))
        .filter(({ mention }) => own.has(mention.brand));
      const mentions = rows.map(({ mention }) => mention);
      visit(
        mentions,
        rows.map(({ fact }) => fact),
      );
      seen += mentions.length;
      await yieldIfDue();
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE || seen >= MENTIONS_MOST) return seen;
      after = [last.at, last.fact.key];
    }
  }

  /** Mentions are grouped anew by both rules first, since a later one may take an earlier one along into its story. */
  async function tryGrouping(range: Range, policies: Policies, proposed: Policies): Promise<Tried> {
    const [now, then] = [createRegrouping(policies.grouping), createRegrouping(proposed.grouping)];
    await eachPage(range, policies, (mentions, facts) => {
      for (let from = 0; from < mentions.length; from += GROUPED_AT_ONCE) {
        const some = mentions.slice(from, from + GROUPED_AT_ONCE);
        now.add(regrouped(some, facts.slice(from, from + GROUPED_AT_ONCE), policies));
        then.add(regrouped(some, facts.slice(from, from + GROUPED_AT_ONCE), proposed));
      }
    });
    return tryStories(range, policies, proposed, [now, then]);
  }

  async function tryStories(
    range: Range,
    policies: Policies,
    proposed: Policies,
    grouped: readonly [Regrouping, Regrouping] | null = null,
  ): Promise<Tried> {
    const rules = [ruleOf(policies, grouped?.[0]), ruleOf(proposed, grouped?.[1])] as const;
    const [now, then] = [createReplay(rules[0]), createReplay(rules[1])];
    const mentions = await eachPage(range, policies, (page) => {
      now.add(page);
      then.add(page);
    });
    const named = (replay: typeof now) => new Map(replay.cases().map((one) => [one.story, one]));
    return { mentions, inForce: named(now), proposed: named(then) };
  }

  async function trySpikes(range: Range, policies: Policies, proposed: Policies): Promise<Tried> {
    const weeks = Math.max(policies.spike.weeks, proposed.spike.weeks);
    const first = Math.floor((range.from - weeks * WEEK_MS) / LOOK_MS) - 12;
    const [from, to] = [Math.floor(range.from / LOOK_MS), Math.floor(range.to / LOOK_MS)];
    const counts = new Map<string, { negative: number; total: number }[]>(policies.brands.own.map((brand) => [brandKey(brand), []]));
    let [oldest, mentions] = [Infinity, 0];
    for (let start = first; start < to; start += 7 * LOOKS_AT_ONCE) {
      const end = Math.min(to, start + 7 * LOOKS_AT_ONCE);
      for (const { slot, brand, polarity, count } of await reads.mentionSlots({
        from: start * LOOK_MS,
        to: end * LOOK_MS,
        stepMs: LOOK_MS,
      })) {
        const ordinal = start + slot;
        oldest = Math.min(oldest, ordinal);
        const own = counts.get(brandKey(brand));
        if (own === undefined) continue;
        const sum = (own[ordinal - first] ??= { negative: 0, total: 0 });
        sum.total += count;
        if (polarity === 'negative') sum.negative += count;
        if (ordinal >= from) mentions += count;
      }
      await yieldIfDue();
    }
    const none: TenMinutes = { negative: 0, total: 0 };
    const cases = async (rule: Policies): Promise<ReadonlyMap<string, CountedCase>> => {
      const found = new Map<string, CountedCase>();
      for (const brand of policies.brands.own) {
        const own = counts.get(brandKey(brand)) ?? [];
        const at = (ordinal: number): TenMinutes | undefined => (ordinal < oldest ? undefined : (own[ordinal - first] ?? none));
        for (const spike of findSpikes(at, from, to, rule.spike)) {
          // The two rules may find the same spike a look apart.
          const hour = Math.floor(spike.startedAt / 3_600_000);
          found.set(`${brand} ${hour}`, { at: spike.foundAt, title: brand, grade: SPIKE_GRADE, incidentId: null });
        }
        await yieldIfDue();
      }
      return found;
    };
    return { mentions, inForce: await cases(policies), proposed: await cases(proposed) };
  }

  return {
    async run(name, { value, days }) {
      const tested = backTestNames.find((known) => known === name);
      if (tested === undefined)
        return refuse(404, 'unknown_policy', `these policies can be tried on the past: ${backTestNames.join(', ')}`);
      const policies = await reads.policies();
      const proposed = withValue(policies, tested, value);
      if ('refused' in proposed) return proposed.refused;
      const began = clock.monotonic();
      const now = clock.now();
      const range = { from: now - days * DAY_MS, to: now };
      const [tried, handling, duty, perMinute] = await Promise.all([
        (tested === 'spike' ? trySpikes : tested === 'grouping' ? tryGrouping : tryStories)(range, policies, proposed.policies),
        reads.storyHandling(range.from),
        rosterInForce(reads, now),
        quotas(),
      ]);
      const outcomes = new Map(handling.map((one) => [one.id, one]));
      const outcomeOf: OutcomeOf = (id) => outcomes.get(id);
      // A story that goes on from before the days that are looked at opened then.
      const isOfRange = ({ incidentId }: CountedCase): boolean => (outcomeOf(incidentId ?? '')?.publishedAt ?? now) >= range.from;
      const runOf = async (cases: ReadonlyMap<string, CountedCase>, rule: Policies): Promise<BackTestRun> => {
        const all = [...cases.values()].filter(isOfRange);
        await yieldIfDue();
        const placeOf = (at: number) => ({ day: calendar.formatDay(calendar.dayOf(at)), hour: calendar.hourOf(at) });
        const calling: CallingRule = { ladder: rule.ladder, responseMs: rule.sla.responseMs, roster: duty, now, perMinute };
        return {
          ...countCases(all, placeOf, outcomeOf),
          ...(tested === 'spike' ? spikeCalls(all, calling) : callsOf(all, calling, outcomeOf)),
        };
      };
      return {
        policy: tested,
        ...range,
        mentions: tried.mentions,
        inForce: await runOf(tried.inForce, policies),
        proposed: await runOf(tried.proposed, proposed.policies),
        ...differences(tried.inForce, tried.proposed, outcomeOf),
        tookMs: Math.round(clock.monotonic() - began),
      };
    },
  };
}

interface Range {
  /** UTC ms, half open. */
  readonly from: number;
  readonly to: number;
}

/** Mentions are in the stories they are in, or in those they are grouped into anew. */
function ruleOf({ words, severity }: Policies, grouped: Regrouping | undefined): ReplayRule {
  const nameOf = (mention: ReplayedMention): string => grouped?.storyOf(mention.key) ?? storyOf(mention);
  return { storiesOf: (mentions) => mentions.map(nameOf), finder: topicFinder(words), severity };
}

function regrouped(mentions: readonly ReplayedMention[], facts: readonly Fact[], policies: Policies): readonly RegroupedMention[] {
  return mentions.flatMap(({ brand, reach, at, ownStory }, i) => {
    const fact = facts[i];
    const print = fact && fingerprintOfFact(fact, policies);
    if (print === undefined) return [];
    const named = ownStory.startsWith('story ') ? ownStory : null;
    return [{ print, reach, named, daily: dailyKey(brand, print.topic, at, policies.sla.responseMs) }];
  });
}

/** A mention in no incident, such as history that waits for a decision, is with those its source names alike. */
const storyOf = ({ incidentId, ownStory }: ReplayedMention): string => incidentId ?? ownStory;

function replayed({ fact, incidentId }: ReplayPage[number]): readonly ReplayedMention[] {
  const mention = standing(fact, 'sentiment.mention');
  if (mention === undefined) return [];
  const { title, text, author, platform, brand, reach, storyId } = mention.data;
  return [
    {
      key: fact.key,
      at: detectionOf(mention),
      publishedAt: mention.occurredAt,
      ...{ brand, platform, reach: reach ?? 0 },
      title: storyTitle(title, text, author, platform),
      words: wordedText(mention.data),
      ownStory: storyKey(brand, storyId ?? null, fact.key),
      incidentId,
    },
  ];
}

const schemas: { readonly [N in BackTestName]?: ZodType } = policySchemas;

/** The policies with this value in place of the one in force. */
function withValue(
  policies: Policies,
  name: BackTestName,
  value: unknown,
): { readonly policies: Policies } | { readonly refused: Refusal } {
  const schema = schemas[name];
  if (schema === undefined) return { refused: refuse(404, 'unknown_policy', `there is no policy “${name}” yet`) };
  const read = policyValue(schema, value);
  return isRefusal(read) ? { refused: read } : { policies: { ...policies, [name]: read.value } };
}
