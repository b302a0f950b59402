/**
 * Polarity of a mention (contract “Polarity”, R17): its label, else its score against the
 * threshold, else `unscored`. A reclassification replaces both, also by giving only a score.
 */
import type { Polarity } from '../../../shared/kpi/polarity.ts';
import { standing, topVersion, type Fact, type FactVersion } from '../facts.ts';

export interface Judgement {
  readonly label?: Polarity | undefined;
  readonly score?: number | undefined;
}

/** `threshold` is positive: at −threshold or below negative, at +threshold or above positive. */
export function polarityOf(judgement: Judgement, threshold: number): Polarity {
  if (judgement.label !== undefined) return judgement.label;
  const { score } = judgement;
  if (score === undefined) return 'unscored';
  return score <= -threshold ? 'negative' : score >= threshold ? 'positive' : 'neutral';
}

/** Of the mention as it stands: the higher version of mention and reclassification speaks. */
export function standingPolarity(fact: Fact, threshold: number): Polarity {
  const mention = standing(fact, 'sentiment.mention');
  const reclassified = standing(fact, 'sentiment.reclassified');
  if (reclassified && (!mention || reclassified.version > mention.version)) return polarityOf(reclassified.data, threshold);
  return mention ? polarityOf(mention.data, threshold) : 'unscored';
}

/** Taken down, and not put back by a later version. */
export function isDeleted(fact: Fact): boolean {
  const deleted = standing(fact, 'sentiment.deleted');
  return deleted !== undefined && deleted.version === topVersion(fact);
}

export const isDeletion = ({ type }: FactVersion): boolean => type === 'sentiment.deleted';

/** Whether a version of a mention leans to the negative, under any threshold. */
export function saysNegative(version: FactVersion): boolean {
  if (version.type !== 'sentiment.mention' && version.type !== 'sentiment.reclassified') return false;
  const { label, score = 0 } = version.data;
  return label === undefined ? score < 0 : label === 'negative';
}
