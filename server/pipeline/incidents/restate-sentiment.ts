/**
 * A false alarm restates net sentiment: each negative mention of the story is judged neutral by an ordinary event of our
 * own, through the intake that a source's events take. Opening the story again takes that back in the same way. What is
 * owed is a row of the command's transaction, so a crash delays it and loses nothing.
 */
import type { ItemResult } from '../../../shared/events/outcomes.ts';
import { standing, topVersion, type Fact } from '../../domain/facts.ts';
import { isOwnJudgement, judgedHereBy } from '../../domain/fold/own-judgement.ts';
import { SYSTEM } from '../../domain/incidents/events.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { Commit } from '../ports/commit.ts';
import type { Logger } from '../ports/logger.ts';
import type { Store } from '../ports/store.ts';
import type { Timers } from '../ports/timers.ts';
import type { SentimentCorrection } from '../ports/transaction.ts';
import { incidentBatch } from './batch.ts';
import { createRepetition } from './repetition.ts';

const LOOK_MS = 1_000;
const STORIES = 20;
/** Events submitted at a time; what lies behind them is found by the next look. */
const EVENTS = 200;

export interface RestateSentimentParts {
  readonly store: Pick<Store, 'write'>;
  readonly commit: Commit;
  /** The intake that a source's events take; what it refuses is only answered. */
  readonly intake: {
    resubmitAll(
      items: readonly Uint8Array[],
      request: { readonly id: string; readonly receivedAt: number },
    ): Promise<readonly ItemResult[]>;
  };
  readonly clock: ClockPort;
  readonly timers: Timers;
  readonly encodeUtf8: (text: string) => Uint8Array;
  readonly logger: Logger;
}

export interface RestateSentiment {
  /** Resolves after `stop`; rejects on a bug. Infrastructure faults are retried for ever. */
  run(): Promise<void>;
  stop(): Promise<void>;
}

export function createRestateSentiment(parts: RestateSentimentParts): RestateSentiment {
  const { store, commit, intake, clock, timers, encodeUtf8, logger } = parts;
  /** Mentions restated for each story so far, for the line of its audit. */
  const restated = new Map<string, Set<string>>();
  /** Mentions whose event the intake refuses. */
  const refused = new Set<string>();

  /** A page of members that are not judged so yet. Of those to be judged negative again only what we had judged. */
  const toJudge = (correction: SentimentCorrection, after: number): Promise<{ facts: readonly Fact[]; last: number | null }> =>
    store.write(async (tx) => {
      const members = await tx.membersToCorrect(correction, after, EVENTS);
      const keys = members.map(({ key }) => key).filter((key) => !refused.has(key));
      const facts = [...(await tx.factsByKey('mention', keys)).values()];
      const wanted = correction.polarity === 'neutral' ? facts : facts.filter((fact) => fact.versions.some(isOwnJudgement));
      return { facts: wanted, last: members.at(-1)?.ordinal ?? null };
    });

  async function submit(facts: readonly Fact[], correction: SentimentCorrection): Promise<void> {
    const request = { id: `restated ${correction.incidentId}`, receivedAt: clock.now() };
    const answers = await intake.resubmitAll(
      facts.map((fact) => eventOf(fact, correction)),
      request,
    );
    for (const { index, outcome, code } of answers) {
      const key = facts[index]?.key;
      // A number that the source has just taken is another one at the next look; anything else would be refused again.
      if (key === undefined || outcome === 'accepted' || outcome === 'duplicate' || code === 'id_conflict') continue;
      refused.add(key);
      logger.error({ incidentId: correction.incidentId, outcome, code }, 'a mention cannot be judged anew');
    }
  }

  function eventOf(fact: Fact, correction: SentimentCorrection): Uint8Array {
    const { incidentId, polarity, actor, reason, at } = correction;
    const mentionId = standing(fact, 'sentiment.mention')?.data.mentionId ?? fact.key.slice(fact.source.length + 1);
    const version = topVersion(fact) + 1;
    const event = {
      specversion: '1.0',
      id: `${incidentId}:${mentionId}:${version}`.slice(0, 200),
      source: fact.source,
      type: 'sentiment.reclassified',
      time: new Date(at).toISOString(),
      subject: mentionId,
      data: { mentionId, version, label: polarity, by: judgedHereBy(actor), reason: reason.slice(0, 2_000) },
    };
    return encodeUtf8(JSON.stringify(event));
  }

  async function restate(correction: SentimentCorrection): Promise<void> {
    const { incidentId, polarity } = correction;
    const done = restated.get(incidentId) ?? new Set<string>();
    restated.set(incidentId, done);
    let found = false;
    for (let after = -1; !repetition.stopping();) {
      const { facts, last } = await toJudge(correction, after);
      if (last === null) break;
      after = last;
      if (facts.length === 0) continue;
      found = true;
      await submit(facts, correction);
      for (const { key } of facts) if (!refused.has(key)) done.add(key);
    }
    // The events are folded behind this; a look that finds nothing left ends the correction.
    if (found || repetition.stopping()) return;
    restated.delete(incidentId);
    await commit(async (tx, touch) => {
      await tx.endCorrection(correction);
      const incident = await tx.incident(incidentId);
      if (incident === undefined || done.size === 0) return;
      const batch = incidentBatch();
      const detail = { polarity, count: done.size };
      batch.add(incidentId, incident, [{ action: 'sentiment_restated', at: clock.now(), actor: SYSTEM, detail }]);
      if (await batch.write(tx)) touch('incidents');
    });
  }

  const repetition = createRepetition({
    timers,
    everyMs: LOOK_MS,
    async work() {
      for (const correction of await store.write((tx) => tx.corrections(STORIES))) await restate(correction);
    },
    onUnavailable: (error) => logger.warn({ code: error.code, error }, 'net sentiment cannot be restated yet; trying again'),
  });
  return { run: repetition.run, stop: repetition.stop };
}
