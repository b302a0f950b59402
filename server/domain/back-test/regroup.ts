/**
 * Stories that a policy of grouping makes of mentions from the past. It is the engine that groups them live; what the store
 * keeps of open stories is kept in memory here.
 */
import type { GroupingPolicy } from '../../../shared/incidents/grouping-policy.ts';
import type { Fingerprint } from '../stories/fingerprint.ts';
import { groupMentions, MOST_UNDER_ONE_KEY, type Home, type KnownPrint } from '../stories/group.ts';

export interface RegroupedMention {
  readonly print: Fingerprint;
  readonly reach: number;
  /** Key of the story its source names. */
  readonly named: string | null;
  /** Key of the scattered complaints it is among while it is alone. */
  readonly daily: string;
}

export interface Regrouping {
  /** Mentions of a few minutes or hours, after those added before. */
  add(mentions: readonly RegroupedMention[]): void;
  /** The story of a mention, by its fact key, once all are added. */
  storyOf(mentionKey: string): string | undefined;
}

export function createRegrouping(policy: GroupingPolicy): Regrouping {
  const stories = new Map<string, string>();
  const prints = new Map<string, KnownPrint>();
  const under = new Map<number, string[]>();
  const ownKey = (mentionKey: string): string => `mention ${mentionKey}`;
  const nameOf = (home: Home, daily: string): string => (home.in === 'incident' ? home.id : home.in === 'story' ? home.key : daily);

  function knownTo(mentions: readonly RegroupedMention[]): readonly KnownPrint[] {
    const oldest = mentions.reduce((least, { print }) => Math.min(least, print.at), Infinity) - policy.windowMs;
    const names = new Set(mentions.flatMap(({ print }) => print.keys.flatMap((key) => under.get(key) ?? [])));
    return [...names].flatMap((name) => prints.get(name) ?? []).filter(({ print }) => print.at >= oldest);
  }

  function keep(print: Fingerprint, incidentId: string, place: KnownPrint['place']): void {
    prints.set(print.key, { print, incidentId, place });
    for (const key of print.keys) under.set(key, [...(under.get(key) ?? []), print.key].slice(-MOST_UNDER_ONE_KEY));
  }

  return {
    add(mentions) {
      const newcomers = mentions.map(({ print, reach, named }) => {
        const home: Home | null = named === null ? null : { in: 'story', key: named };
        return { print, reach, named: home };
      });
      const grouping = groupMentions(newcomers, knownTo(mentions), { policy, ownKey });
      const dailies = new Map(mentions.map(({ print, daily }) => [print.key, daily]));
      mentions.forEach(({ print, daily }, i) => stories.set(print.key, nameOf(grouping.homes[i] ?? { in: 'daily' }, daily)));
      for (const { known, home } of grouping.leaving) {
        const story = nameOf(home, known.incidentId);
        stories.set(known.print.key, story);
        prints.set(known.print.key, { ...known, incidentId: story, place: 'story' });
      }
      for (const { print, home } of grouping.kept) {
        keep(print, nameOf(home, dailies.get(print.key) ?? ''), home.in === 'daily' ? 'lonely' : 'story');
      }
      for (const { key, at } of grouping.met) {
        const met = prints.get(key);
        if (met !== undefined) prints.set(key, { ...met, print: { ...met.print, at } });
      }
    },
    storyOf: (mentionKey) => stories.get(mentionKey),
  };
}
