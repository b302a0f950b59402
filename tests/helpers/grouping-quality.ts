/** How well grouping finds labelled stories, over all pairs of mentions; an index in memory stands for the store's. */
import { fingerprintOf } from '../../server/domain/stories/fingerprint.ts';
import { groupMentions, type Home, type KnownPrint } from '../../server/domain/stories/group.ts';
import type { GroupingPolicy } from '../../shared/incidents/grouping-policy.ts';
import type { LabelledMention } from './paraphrases.ts';

export interface GroupingQuality {
  /** Pairs that were grouped and are one story ÷ pairs that were grouped. */
  readonly precision: number;
  /** Pairs that were grouped and are one story ÷ pairs that are one story. */
  readonly recall: number;
  readonly pairs: number;
  /** Names of the group each mention came into, in the order of the mentions; lonely ones have a name of their own. */
  readonly groups: readonly string[];
}

export const ownKey = (mentionKey: string): string => `mention ${mentionKey}`;
const nameOf = (home: Home, key: string): string => (home.in === 'daily' ? `alone ${key}` : home.in === 'incident' ? home.id : home.key);

/** Mentions arrive in their order, some at a time; `brand` is what all of them speak of. */
export function groupAll(
  mentions: readonly LabelledMention[],
  { policy, batch, brand }: { readonly policy: GroupingPolicy; readonly batch: number; readonly brand: string },
): readonly string[] {
  const groups = new Map<string, string>();
  const prints = new Map<string, KnownPrint>();
  const index = new Map<number, Set<string>>();
  const settle = (key: string, home: Home) => {
    groups.set(key, nameOf(home, key));
    const known = prints.get(key);
    if (known !== undefined) prints.set(key, { ...known, incidentId: nameOf(home, key), place: home.in === 'daily' ? 'lonely' : 'story' });
  };
  for (let from = 0; from < mentions.length; from += batch) {
    const newcomers = mentions.slice(from, from + batch).map(({ id, sku, text, url }) => ({
      print: fingerprintOf({ key: id, brand, sku, topic: 'other', publishedAt: 0, title: null, text, url }, policy.ownHosts),
      named: null,
      reach: 0,
    }));
    const keys = new Set(newcomers.flatMap(({ print }) => print.keys.flatMap((key) => [...(index.get(key) ?? [])])));
    const known = [...keys].flatMap((key) => prints.get(key) ?? []);
    const grouping = groupMentions(newcomers, known, { policy, ownKey });
    for (const { print, home } of grouping.kept) {
      prints.set(print.key, { print, incidentId: nameOf(home, print.key), place: home.in === 'daily' ? 'lonely' : 'story' });
      for (const key of print.keys) index.set(key, (index.get(key) ?? new Set()).add(print.key));
    }
    for (const [i, home] of grouping.homes.entries()) settle(newcomers[i]?.print.key ?? '', home);
    for (const { known: left, home } of grouping.leaving) settle(left.print.key, home);
  }
  return mentions.map(({ id }) => groups.get(id) ?? id);
}

const pairsOf = (sizes: Iterable<number>): number => [...sizes].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
function sizes(names: readonly string[]): Iterable<number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts.values();
}

export function groupingQuality(
  mentions: readonly LabelledMention[],
  options: { readonly policy: GroupingPolicy; readonly batch: number; readonly brand: string },
): GroupingQuality {
  const groups = groupAll(mentions, options);
  const found = pairsOf(sizes(groups));
  const true_ = pairsOf(sizes(mentions.map(({ story }) => story)));
  const right = pairsOf(sizes(mentions.map(({ story }, i) => JSON.stringify([story, groups[i]]))));
  return { precision: found === 0 ? 1 : right / found, recall: true_ === 0 ? 1 : right / true_, pairs: true_, groups };
}
