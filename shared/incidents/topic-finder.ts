/** What one text is about and how strong its language is, by the lists of the policy `words`. */
import { foldedText } from '../text/folded.ts';
import { namedTopics, type Topic } from './topics.ts';
import { wordFinder } from './word-finder.ts';
import type { WordsPolicy } from './words-policy.ts';

export interface TextJudgement {
  /** Topics of which a word stands in the text, the gravest first; `other` alone where there is none. */
  readonly topics: readonly Topic[];
  /** Different strong words, as the policy writes them. */
  readonly strongWords: readonly string[];
}

export interface TopicFinder {
  judge(text: string): TextJudgement;
}

export function topicFinder({ topics, strong }: WordsPolicy): TopicFinder {
  // One pass over the text for all lists: a word of two lists stands in both.
  const lists = [...namedTopics.map((topic) => topics[topic]), strong];
  const words = [...new Set(lists.flat().map(foldedText))];
  const finder = wordFinder(words);
  const members = lists.map((list) => new Map(list.map((word) => [foldedText(word), word])));
  const strongest = members[namedTopics.length];
  return {
    judge(text) {
      const found = finder.find(text).map((index) => words[index] ?? '');
      const named = namedTopics.filter((_, list) => found.some((word) => members[list]?.has(word)));
      const strongWords = found.map((word) => strongest?.get(word)).filter((word) => word !== undefined);
      return { topics: named.length === 0 ? ['other'] : named, strongWords };
    },
  };
}
