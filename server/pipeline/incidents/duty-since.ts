/** When something other than finding a mention made it a duty. */
import { brandSet } from '../../../shared/text/brand-key.ts';
import type { MentionChange, MentionIntakeContext } from '../../domain/fold/mention-change.ts';
import { polarityOf } from '../../domain/fold/polarity.ts';
import { standing, type Fact, type FactVersion } from '../../domain/facts.ts';
import { needsAnswer } from './story-mention.ts';

type Mention = FactVersion<'sentiment.mention'>;

/**
 * Receipt of what made the mention a duty: a reclassification, a newer version, a rule, a clock set right. UTC ms; −∞ where
 * the mention was one from its first sight, so that its detection alone decides.
 */
export function dutySince(change: MentionChange, { now, policies, rule, decidedAgain }: MentionIntakeContext): number {
  if (rule !== undefined || decidedAgain) return now;
  const { before, columnsBefore, after } = change;
  if (before && standing(before, 'sentiment.mention')) {
    const was = columnsBefore !== undefined && needsAnswer(columnsBefore) && brandSet(policies.brands.own).has(columnsBefore.brand);
    return was ? -Infinity : now;
  }
  const reclassified = speakingReclassification(after);
  if (reclassified) return reclassified.receivedAt;
  const first = firstVersion(change);
  return first && polarityOf(first.data, policies.polarity.threshold) === 'negative' ? -Infinity : now;
}

/** The reclassification, where it is newer than the mention. */
export function speakingReclassification(fact: Fact): FactVersion<'sentiment.reclassified'> | undefined {
  const reclassified = standing(fact, 'sentiment.reclassified');
  const mention = standing(fact, 'sentiment.mention');
  return reclassified && mention && reclassified.version > mention.version ? reclassified : undefined;
}

/** Of a mention that is new: the lowest of its versions that came together. */
function firstVersion({ after, passed }: MentionChange): Mention | undefined {
  const mentions = [standing(after, 'sentiment.mention'), ...passed].filter((v): v is Mention => v?.type === 'sentiment.mention');
  return mentions.reduce<Mention | undefined>((least, v) => (least && least.version < v.version ? least : v), undefined);
}
