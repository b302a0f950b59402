/**
 * A new threshold decides figures and duties again, in the transaction that sets it: what is negative now and not history
 * has an incident, with clocks from that moment; what stopped being negative gets an audit line, and people decide.
 */
import type { MentionChange } from '../../domain/fold/mention-change.ts';
import { openIncidents } from '../incidents/intake.ts';
import type { Append } from '../ports/commit.ts';
import type { StoreTx, Touched } from '../ports/transaction.ts';
import type { PolicyFollowUp } from './policies.ts';

/** Counts every mention again under `threshold` and hands over those whose polarity it changed, some at a time. */
export type RebuildMentions = (
  tx: StoreTx,
  append: Append,
  thresholds: { readonly threshold: number; readonly thresholdBefore: number; readonly at: number },
  judged: (changes: readonly MentionChange[]) => Promise<void>,
) => Promise<unknown>;

export function dutiesAfterPolarity(rebuild: RebuildMentions): PolicyFollowUp {
  return async (tx, append, policies, now, before) => {
    const touched = new Set<Touched>(['mentions']);
    const thresholds = { threshold: policies.polarity.threshold, thresholdBefore: before.polarity.threshold, at: now };
    await rebuild(tx, append, thresholds, async (changes) => {
      for (const part of await openIncidents(tx, changes, { now, policies, rule: 'polarity' })) touched.add(part);
    });
    return [...touched];
  };
}
