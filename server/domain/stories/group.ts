/**
 * Which mentions of a batch belong together, with each other and with what the store has of open stories. Pure: the batch is
 * gone through by publication, so that the order of arrival within it decides nothing.
 */
import type { GroupingPolicy } from '../../../shared/incidents/grouping-policy.ts';
import { keyWeight } from './bands.ts';
import type { Fingerprint } from './fingerprint.ts';
import { comparable, likenessBeyond, likenessOf, textLikeness, type Common } from './likeness.ts';

/** A mention that has no incident yet. */
export interface Newcomer {
  readonly print: Fingerprint;
  /** Of a mention whose source names its story: that name wins over every likeness. */
  readonly named: Home | null;
  readonly reach: number;
}

/** A fingerprint the store has; `keys` are those it was found under. */
export interface KnownPrint {
  readonly print: Fingerprint;
  /** Id of the incident its mention is in. */
  readonly incidentId: string;
  /**
   * Lonely in the scattered complaints of its topic: it leaves them for a story as soon as there is one. Settled: these were
   * answered, and it stays with its answer.
   */
  readonly place: 'story' | 'lonely' | 'settled';
}

/** Where a mention belongs: a stored incident, a story by its key, or the scattered complaints of its topic. */
export type Home =
  { readonly in: 'incident'; readonly id: string } | { readonly in: 'story'; readonly key: string } | { readonly in: 'daily' };

export interface Grouping {
  /** One a newcomer, in the order given. */
  readonly homes: readonly Home[];
  /** Known mentions that leave the scattered complaints. */
  readonly leaving: readonly { readonly known: KnownPrint; readonly home: Home }[];
  /** Fingerprints to keep: those of lonely mentions, and of stories those that say something new. */
  readonly kept: readonly { readonly print: Fingerprint; readonly home: Home }[];
  /** Known fingerprints that were met again, with the newest publication. */
  readonly met: readonly { readonly key: string; readonly at: number }[];
}

/** A text as like another as this says nothing new about its story. */
const REPEATED = 0.85;
/** What is met in this many stories joins none: a link to a shop or a campaign, a phrase that opens any complaint. */
const COMMON = 3;
/** The newest under a key are asked: a phrase that thousands use must not make each of them look at all others [T9]. */
export const MOST_UNDER_ONE_KEY = 8;
/** A mention is compared with so many others, those it has the most keys in common with. */
const MOST_COMPARED = 16;

interface Entry {
  readonly print: Fingerprint;
  readonly known: KnownPrint | undefined;
  home: Home;
}

const daily: Home = { in: 'daily' };
/** What was answered among the scattered complaints stays there. */
const isLonely = ({ home, known }: Entry): boolean => home.in === 'daily' && known?.place !== 'settled';
const repeats = (a: Fingerprint, b: Fingerprint): boolean => textLikeness(a.sketch, b.sketch, REPEATED) >= REPEATED;

const sameHome = (a: Home, b: Home): boolean =>
  (a.in === 'incident' && b.in === 'incident' && a.id === b.id) || (a.in === 'story' && b.in === 'story' && a.key === b.key);

const earlier = (a: Fingerprint, b: Fingerprint): number => a.at - b.at || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

/**
 * What the mention shares with mentions of several stories, so that it joins it to none: links, and hashes of phrases. The
 * entries of one story count once.
 */
function commonTo(print: Fingerprint, entries: readonly Entry[]): Common {
  const homes = new Map<string, Entry[]>();
  for (const entry of entries) {
    const { home } = entry;
    const name = home.in === 'daily' ? `alone ${entry.print.key}` : home.in === 'incident' ? home.id : home.key;
    const others = homes.get(name);
    if (others === undefined) homes.set(name, [entry]);
    else others.push(entry);
  }
  if (homes.size < COMMON) return nothingCommon;
  const { hashes } = print.sketch;
  const counts = new Uint16Array(hashes.length);
  const links = new Map<number, number>();
  for (const ofHome of homes.values()) {
    const had = new Uint8Array(hashes.length);
    for (const { print: other } of ofHome) {
      const theirs = other.sketch.hashes;
      for (let i = 0, j = 0; i < hashes.length && j < theirs.length;) {
        const mine = hashes[i] ?? 0;
        const their = theirs[j] ?? 0;
        if (mine === their) had[i] = 1;
        if (mine <= their) i++;
        if (their <= mine) j++;
      }
    }
    for (let i = 0; i < had.length; i++) counts[i] = (counts[i] ?? 0) + (had[i] ?? 0);
    for (const link of new Set(ofHome.flatMap((entry) => entry.print.links))) links.set(link, (links.get(link) ?? 0) + 1);
  }
  return {
    hashes: new Set(hashes.filter((_, i) => (counts[i] ?? 0) >= COMMON)),
    links: new Set(print.links.filter((link) => (links.get(link) ?? 0) >= COMMON)),
  };
}
const nothingCommon: Common = { links: new Set(), hashes: new Set() };

export interface GroupingRules {
  readonly policy: GroupingPolicy;
  /** Key of the story that a mention opens by itself; a story of several opens under its earliest mention's. */
  readonly ownKey: (mentionKey: string) => string;
}

/** Entries by the keys they are found under, in the order they came. */
class PrintIndex {
  readonly #entries = new Map<number, Entry[]>();

  add(entry: Entry): void {
    for (const key of entry.print.keys) {
      const entries = this.#entries.get(key);
      if (entries === undefined) this.#entries.set(key, [entry]);
      else entries.push(entry);
    }
  }

  /** Entries that have keys in common with the mention, those with the most keys first where there are too many. */
  nearest({ keys }: Fingerprint): readonly Entry[] {
    const shared = new Map<Entry, number>();
    for (const key of keys) {
      const under = this.#entries.get(key);
      if (under === undefined) continue;
      for (let i = Math.max(0, under.length - MOST_UNDER_ONE_KEY); i < under.length; i++) {
        const entry = under[i];
        if (entry !== undefined) shared.set(entry, (shared.get(entry) ?? 0) + keyWeight(key));
      }
    }
    const found = [...shared.keys()];
    return found.length <= MOST_COMPARED
      ? found
      : found.sort((a, b) => (shared.get(b) ?? 0) - (shared.get(a) ?? 0)).slice(0, MOST_COMPARED);
  }
}

/** Entries that tell the story of the mention, the most alike first. */
function alikeTo(print: Fingerprint, index: PrintIndex, policy: GroupingPolicy): readonly Entry[] {
  const found = index.nearest(print).filter((entry) => comparable(print, entry.print, policy));
  const likely = found.flatMap((entry) => {
    const likeness = likenessOf(print, entry.print, policy);
    return likeness === undefined ? [] : [{ entry, likeness }];
  });
  // Most mentions are like none: what is common is looked for only where it may take something away.
  if (likely.length === 0) return [];
  const common = commonTo(print, found);
  return likely
    .map(({ entry, likeness }) => ({ entry, like: likenessBeyond(likeness, common, [print, entry.print], policy) }))
    .filter(({ like }) => like > 0)
    .sort((x, y) => y.like - x.like || earlier(x.entry.print, y.entry.print))
    .map(({ entry }) => entry);
}

/** Where a mention belongs that is like these; lonely ones among them go with it. */
function homeOf({ print, named, reach }: Newcomer, alike: readonly Entry[], { policy, ownKey }: GroupingRules): Home {
  if (named !== null) return named;
  const joined = alike.find(({ home }) => home.in !== 'daily')?.home;
  if (joined !== undefined) return joined;
  if (alike.length === 0 && reach < policy.reachFloor) return daily;
  const first = [print, ...alike.filter(isLonely).map((entry) => entry.print)].sort(earlier)[0] ?? print;
  return { in: 'story', key: ownKey(first.key) };
}

/** A sixteenth of the window later, a print that was met again is a newer one: its story goes on. */
const MET_AGAIN = 16;

export function groupMentions(newcomers: readonly Newcomer[], known: readonly KnownPrint[], rules: GroupingRules): Grouping {
  const index = new PrintIndex();
  const stored = known.map((print): Entry => {
    const home: Home = print.place === 'story' ? { in: 'incident', id: print.incidentId } : daily;
    return { print: print.print, known: print, home };
  });
  for (const entry of stored) index.add(entry);

  const homes = new Map<Newcomer, Entry>();
  const kept: Entry[] = [];
  const met = new Map<string, number>();
  for (const newcomer of [...newcomers].sort((a, b) => earlier(a.print, b.print))) {
    const { print } = newcomer;
    const alike = alikeTo(print, index, rules.policy);
    const home = homeOf(newcomer, alike, rules);
    for (const entry of alike) if (isLonely(entry)) entry.home = home;
    const entry: Entry = { print, known: undefined, home };
    homes.set(newcomer, entry);
    const repeated = home.in === 'daily' ? undefined : alike.find((other) => sameHome(other.home, home) && repeats(print, other.print));
    if (repeated !== undefined) {
      const { key, at } = repeated.print;
      if (repeated.known !== undefined && print.at - at > rules.policy.windowMs / MET_AGAIN)
        met.set(key, Math.max(met.get(key) ?? 0, print.at));
    } else if (print.keys.length > 0) {
      index.add(entry);
      kept.push(entry);
    }
  }
  return {
    homes: newcomers.map((newcomer) => homes.get(newcomer)?.home ?? daily),
    leaving: stored.flatMap((entry) =>
      entry.known?.place === 'lonely' && entry.home.in !== 'daily' ? [{ known: entry.known, home: entry.home }] : [],
    ),
    kept: kept.map(({ print, home }) => ({ print, home })),
    met: [...met].map(([key, at]) => ({ key, at })),
  };
}
