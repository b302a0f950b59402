/**
 * Severity of the stories a transaction touches: what each mention adds is gathered while incidents are decided, and the
 * grade is decided once a story at the end. Costs what changed, whatever the size of the story [T9]; only a story whose
 * counters a rule has made void is counted anew from its mentions, once.
 */
import { severityOf, topicOf } from '../../../shared/incidents/severity-of.ts';
import { isClosedStatus } from '../../../shared/incidents/status.ts';
import type { TopicFinder } from '../../../shared/incidents/topic-finder.ts';
import { brandKey } from '../../../shared/text/brand-key.ts';
import type { Policies, PolicyName } from '../../../shared/kpi/targets.ts';
import type { Fact } from '../../domain/facts.ts';
import type { MentionChange } from '../../domain/fold/mention-change.ts';
import { SYSTEM, type IncidentEvent } from '../../domain/incidents/events.ts';
import type { Incident } from '../../domain/incidents/types.ts';
import {
  inputOf,
  mentionsSince,
  noCounters,
  withMember,
  type SeverityCounters,
  type SeverityMember,
} from '../../domain/severity/counters.ts';
import { differs, severityInForce } from '../../domain/severity/in-force.ts';
import type { BrandSpike } from '../../domain/severity/spikes.ts';
import type { StoreTx } from '../ports/transaction.ts';
import type { IncidentBatch } from './batch.ts';
import { addedBy, finderOf, severityMember } from './severity-member.ts';
import { needsAnswer } from './story-mention.ts';

export interface SeverityContext {
  readonly now: number;
  readonly policies: Policies;
  /** Set where a rule changed and no mention did. */
  readonly rule?: PolicyName;
}

/** A spike that is on, by the key of its brand. */
export type SpikesOn = ReadonlyMap<string, Pick<BrandSpike, 'startedAt' | 'negative'>>;

export interface StorySeverities {
  /** Facts of mentions that will join. */
  know(facts: readonly Fact[]): void;
  /** Mentions that were made known join a story; `stored` undefined where the story opens here. */
  joined(id: string, stored: Incident | undefined, mentions: readonly { readonly key: string }[]): void;
  /** A member goes from a stored story to another one; its story's sums lose what it had added. */
  left(id: string, stored: Incident, fact: Fact): void;
  /** A member of a stored story changed, or a rule judges it another way. */
  changed(id: string, stored: Incident, change: Pick<MentionChange, 'before' | 'after' | 'columnsBefore'>): void;
  /** Adds to the batch what follows. Call after every other decision, before the batch is written. */
  decide(tx: StoreTx, batch: IncidentBatch): Promise<void>;
  /** Writes the sums; the incidents are written. */
  write(tx: StoreTx): Promise<void>;
}

/** What a mention added so far and adds from now on. */
interface Member {
  /** It comes or goes in this transaction: counting the stored mentions anew does not tell. */
  readonly joins: boolean;
  readonly before: SeverityMember | null;
  readonly after: SeverityMember | null;
}

export function storySeverities(context: SeverityContext): StorySeverities {
  const { policies } = context;
  const finder = finderOf(policies);
  const { threshold } = policies.polarity;
  const facts = new Map<string, Fact>();
  const works = new Map<string, { readonly stored: Incident | undefined; readonly members: Member[] }>();
  const written: [string, SeverityCounters][] = [];

  function add(id: string, stored: Incident | undefined, members: readonly Member[]): void {
    const work = works.get(id);
    if (work === undefined) works.set(id, { stored, members: [...members] });
    else work.members.push(...members);
  }

  async function countersOf(tx: StoreTx, id: string, known: SeverityCounters | undefined, members: readonly Member[]) {
    // Counted anew, members are counted as they are now; only those that join are still to come.
    let counters = known ?? (await countedAnew(tx, id, { threshold, finder }));
    for (const { joins, before, after } of members) {
      if (known !== undefined || joins) counters = withMember(counters, before, after);
    }
    return counters;
  }

  return {
    know(some) {
      for (const fact of some) facts.set(fact.key, fact);
    },
    joined(id, stored, mentions) {
      const members = mentions.map(({ key }): Member => {
        const fact = facts.get(key);
        return { joins: true, before: null, after: fact === undefined ? null : severityMember(fact, threshold, finder) };
      });
      add(id, stored, members);
    },
    left(id, stored, fact) {
      add(id, stored, [{ joins: true, before: severityMember(fact, threshold, finder), after: null }]);
    },
    changed(id, stored, { before, after, columnsBefore }) {
      // Whether it was counted is what its columns said: the threshold may have been another one then.
      const counted = before !== undefined && columnsBefore !== undefined && needsAnswer(columnsBefore);
      const member = { joins: false, before: counted ? addedBy(before, finder) : null, after: severityMember(after, threshold, finder) };
      add(id, stored, [member]);
    },
    async decide(tx, batch) {
      if (works.size === 0) return;
      const ids = [...works].flatMap(([id, work]) => (work.stored === undefined ? [] : [id]));
      const [stored, spikes] = await Promise.all([tx.severityCounters(ids), spikesOn(tx)]);
      for (const [id, { stored: before, members }] of works) {
        const incident = batch.state(id) ?? before;
        if (incident === undefined) continue;
        const known = before === undefined ? noCounters : stored.get(id);
        const counters = inSpike(await countersOf(tx, id, known, members), incident, spikes);
        written.push([id, counters]);
        batch.addSeverity(id, before, regraded(incident, counters, context));
      }
    },
    write: (tx) => (written.length === 0 ? Promise.resolve() : tx.putSeverityCounters(written)),
  };
}

/** The change of a story's severity, where its counters and the rules make another one of it. Nobody is told of a closed one's. */
export function regraded(
  incident: Incident,
  counters: SeverityCounters,
  { now, policies, rule }: SeverityContext,
): readonly IncidentEvent[] {
  if (isClosedStatus(incident.status)) return [];
  const input = inputOf(counters);
  const severity = severityInForce(severityOf(input, policies.severity), incident.severity.override, policies.severity);
  const topic = topicOf(input, policies.severity);
  if (!differs(incident.severity, severity) && incident.topic === topic) return [];
  const detail = { severity, topic, was: incident.severity.grade, ...(rule && { rule }) };
  return [{ action: 'severity_changed', at: now, actor: SYSTEM, detail }];
}

const MEMBERS_AT_ONCE = 500;

/** The counters of a story from its stored mentions. */
export async function countedAnew(
  tx: StoreTx,
  incidentId: string,
  { threshold, finder }: { readonly threshold: number; readonly finder: TopicFinder },
): Promise<SeverityCounters> {
  let counters = noCounters;
  let after = -1;
  for (;;) {
    const page = await tx.pageMembers(incidentId, after, MEMBERS_AT_ONCE);
    const facts = await tx.factsByKey(
      'mention',
      page.map(({ key }) => key),
    );
    for (const { key } of page) {
      const fact = facts.get(key);
      if (fact !== undefined) counters = withMember(counters, null, severityMember(fact, threshold, finder));
    }
    const last = page.at(-1);
    if (last === undefined || page.length < MEMBERS_AT_ONCE) return counters;
    after = last.ordinal;
  }
}

/** The hour before its first look is part of a spike. */
const SPIKE_REACH_MS = 3_600_000;
/** A story is part of a spike from this share of its fullest hour on: a crisis does not make every small complaint graver. */
const SPIKE_SHARE = 0.1;

export function inSpike(counters: SeverityCounters, incident: Incident, spikes: SpikesOn): SeverityCounters {
  const spike = spikes.get(brandKey(incident.brand));
  if (spike === undefined || counters.spikeAt === spike.startedAt) return counters;
  const own = mentionsSince(counters, spike.startedAt - SPIKE_REACH_MS);
  return own >= spike.negative * SPIKE_SHARE ? { ...counters, spikeAt: spike.startedAt } : counters;
}

async function spikesOn(tx: StoreTx): Promise<SpikesOn> {
  const on = (await tx.latestSpikes()).filter(({ endedAt }) => endedAt === null);
  return new Map(on.map((spike) => [brandKey(spike.brand), spike]));
}
