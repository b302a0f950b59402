/** What a mention tells of its story, for grouping. */
import type { Policies } from '../../../shared/kpi/targets.ts';
import { standing, type Fact } from '../../domain/facts.ts';
import { fingerprintOf, type Fingerprint } from '../../domain/stories/fingerprint.ts';
import type { StoryPrintChanges } from '../ports/story-prints.ts';
import { finderOf, judged } from './severity-member.ts';

/** Undefined while only what was said about the mention is known. */
export function fingerprintOfFact(fact: Fact, policies: Policies): Fingerprint | undefined {
  const version = standing(fact, 'sentiment.mention');
  if (version === undefined) return undefined;
  const { brand, sku, title, text, url } = version.data;
  const topic = judged(version.data, finderOf(policies)).topics[0] ?? 'other';
  const telling = {
    key: fact.key,
    brand,
    sku: sku ?? null,
    topic,
    publishedAt: version.occurredAt,
    title: title ?? null,
    text,
    url: url ?? null,
  };
  return fingerprintOf(telling, policies.grouping.ownHosts);
}

/** Mentions come late, by less than a day: later ones are history and open nothing. */
const LATE_MS = 86_400_000;

/** What was published before this is like nothing that still comes. UTC ms. */
export function forgottenBefore({ grouping }: Policies, now: number): number {
  return now - grouping.windowMs - LATE_MS;
}

/** People gave these mentions a story: it attracts what is like them, wherever they were before. */
export function printsOfOwn(facts: readonly Fact[], incidentId: string, policies: Policies, now: number): StoryPrintChanges {
  const kept = facts.flatMap((fact) => {
    const print = fingerprintOfFact(fact, policies);
    return print === undefined ? [] : [{ print, incidentId, alone: false }];
  });
  return { kept, dropped: facts.map(({ key }) => key), left: [], met: [], before: forgottenBefore(policies, now) };
}
