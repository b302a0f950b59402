/**
 * When campaigns run (R16): the business days of their planned warm-up and burst, up to the day they ended. What is known of a
 * plan follows R21: the highest version speaks, from its own time on.
 */
import type { FactVersion } from '../facts.ts';
import { parseDay, type Calendar } from '../time/calendar.ts';

/** Half-open range of business days. */
export interface DayRange {
  readonly from: number;
  readonly to: number;
}

/** A version of a campaign's plan or end, of one source. */
export interface CampaignVersion {
  readonly campaignId: string;
  readonly source: string;
  readonly version: number;
  /** UTC ms. */
  readonly occurredAt: number;
  readonly receivedAt: number;
  /** Days of warm-up and burst, none of an always-on campaign; absent = the campaign ended. */
  readonly window?: readonly DayRange[];
}

/** undefined for versions of anything else. */
export function campaignVersion(source: string, version: FactVersion): CampaignVersion | undefined {
  const { occurredAt, receivedAt } = version;
  const common = { source, version: version.version, occurredAt, receivedAt };
  if (version.type === 'campaign.ended') return { campaignId: version.data.campaignId, ...common };
  if (version.type !== 'campaign.planned') return undefined;
  const { campaignId, kind, phases } = version.data;
  const window = kind === 'always-on' ? [] : [phases.warmup, phases.burst].flatMap(rangeOf);
  return { campaignId, ...common, window };
}

function rangeOf({ from, to }: { readonly from: string; readonly to: string }): readonly DayRange[] {
  const [first, last] = [parseDay(from), parseDay(to)];
  return first === undefined || last === undefined ? [] : [{ from: first, to: last + 1 }];
}

export interface CampaignBook {
  /** Days of a period in the window of some campaign, as they were known at an instant (UTC ms): in order, none twice. */
  windows(period: DayRange, asOf: number): readonly DayRange[];
  /** The same of each campaign that has a window; none of an always-on campaign. */
  byCampaign(period: DayRange, asOf: number): ReadonlyMap<string, readonly DayRange[]>;
}

/** @param knownAt UTC ms: versions received later are not known yet */
export function campaignBook(versions: readonly CampaignVersion[], calendar: Pick<Calendar, 'dayOf'>, knownAt = Infinity): CampaignBook {
  const known = versions.filter(({ receivedAt }) => receivedAt <= knownAt);
  const plans = ofEachFact(known.filter(({ window }) => window !== undefined));
  const ends = ofEachFact(known.filter(({ window }) => window === undefined));
  function byCampaign(period: DayRange, asOf: number): ReadonlyMap<string, readonly DayRange[]> {
    const ended = speaking(ends, asOf);
    const planned = [...speaking(plans, asOf).values()].filter(({ window = [] }) => window.length > 0);
    return new Map(
      planned.map(({ campaignId, window = [] }) => {
        const end = ended.get(campaignId);
        const last = end ? calendar.dayOf(end.occurredAt) + 1 : Infinity;
        const days = window.map(({ from, to }) => ({ from: Math.max(from, period.from), to: Math.min(to, last, period.to) }));
        return [campaignId, unionOfDays(days.filter(({ from, to }) => from < to))];
      }),
    );
  }
  return { byCampaign, windows: (period, asOf) => unionOfDays([...byCampaign(period, asOf).values()].flat()) };
}

/** The highest version of each fact: a campaign as one source tells it. */
function ofEachFact(versions: readonly CampaignVersion[]): readonly CampaignVersion[] {
  const best = new Map<string, CampaignVersion>();
  for (const one of versions) {
    const key = `${one.source} ${one.campaignId}`;
    const other = best.get(key);
    if (!other || one.version > other.version) best.set(key, one);
  }
  return [...best.values()];
}

/** Of each campaign the fact that speaks over all sources: the highest version, ties to the smaller source. */
function speaking(facts: readonly CampaignVersion[], asOf: number): ReadonlyMap<string, CampaignVersion> {
  const best = new Map<string, CampaignVersion>();
  for (const one of facts) {
    if (one.occurredAt > asOf) continue;
    const other = best.get(one.campaignId);
    if (!other || one.version > other.version || (one.version === other.version && one.source < other.source))
      best.set(one.campaignId, one);
  }
  return best;
}

/** In order, no day twice. */
export function unionOfDays(ranges: readonly DayRange[]): readonly DayRange[] {
  const found: { from: number; to: number }[] = [];
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = found.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else found.push({ from, to });
  }
  return found;
}
