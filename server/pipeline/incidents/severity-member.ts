/** What a mention adds to its story's severity. */
import { topicFinder, type TextJudgement, type TopicFinder } from '../../../shared/incidents/topic-finder.ts';
import type { WordsPolicy } from '../../../shared/incidents/words-policy.ts';
import type { Policies } from '../../../shared/kpi/targets.ts';
import { standing, type Fact } from '../../domain/facts.ts';
import { isDeleted, standingPolarity } from '../../domain/fold/polarity.ts';
import type { SeverityMember } from '../../domain/severity/counters.ts';

interface Worded {
  readonly title?: string | undefined;
  readonly text: string;
  readonly keywords?: readonly string[] | undefined;
}

/** Everything of a mention in which words are looked for. */
export function wordedText({ title, text, keywords }: Worded): string {
  return [title ?? '', text, ...(keywords ?? [])].join('\n');
}

const judgements = new WeakMap<Worded, { readonly finder: TopicFinder; readonly judgement: TextJudgement }>();

/** Grouping and severity both ask of the same mention, and reading a long text is most of what its intake computes. */
export function judged(mention: Worded, finder: TopicFinder): TextJudgement {
  const before = judgements.get(mention);
  if (before?.finder === finder) return before.judgement;
  const judgement = finder.judge(wordedText(mention));
  judgements.set(mention, { finder, judgement });
  return judgement;
}

/** What a mention adds while it needs an answer; null while only what was said about it is known. */
export function addedBy(fact: Fact, finder: TopicFinder): SeverityMember | null {
  const mention = standing(fact, 'sentiment.mention');
  if (mention === undefined) return null;
  const { data, occurredAt } = mention;
  return { publishedAt: occurredAt, reach: data.reach ?? 0, platform: data.platform, ...judged(data, finder) };
}

/** Null of a mention that needs no answer: it adds nothing, and takes away what it had added. */
export function severityMember(fact: Fact, threshold: number, finder: TopicFinder): SeverityMember | null {
  return isDeleted(fact) || standingPolarity(fact, threshold) !== 'negative' ? null : addedBy(fact, finder);
}

/** Lists parsed anew by every transaction are the same lists: the last finder is kept, since building one costs a thousand mentions. */
let kept: { readonly words: WordsPolicy; readonly lists: string; readonly finder: TopicFinder } | undefined;

export function finderOf({ words }: Pick<Policies, 'words'>): TopicFinder {
  return finderOfWords(words);
}
export function finderOfWords(words: WordsPolicy): TopicFinder {
  if (kept?.words === words) return kept.finder;
  const lists = JSON.stringify(words);
  kept = { words, lists, finder: kept?.lists === lists ? kept.finder : topicFinder(words) };
  return kept.finder;
}
