/** Words as literal sets: what is found, and what is not. */
import { describe, expect, it } from 'vitest';
import { topicFinder } from '../../../shared/incidents/topic-finder.ts';
import { wordFinder } from '../../../shared/incidents/word-finder.ts';
import { defaultWords, wordsPolicy, type WordsPolicy } from '../../../shared/incidents/words-policy.ts';
import { foldedText } from '../../../shared/text/folded.ts';
import { testSeed } from '../../helpers/seed.ts';
import { seededRandom } from '../../helpers/random.ts';

const found = (words: readonly string[], text: string) =>
  wordFinder(words)
    .find(text)
    .map((index) => words[index]);

describe('words in a text [SV3]', () => {
  it('are found wherever their characters stand, overlapping ones too', () => {
    expect(found(['漏电', '电', '电到', '漏水'], '这台机器漏电到手')).toEqual(['漏电', '电', '电到']);
  });
  it('are read as people read them: full width, capitals, characters nobody sees', () => {
    expect(found(['App', '漏电'], 'ＡＰＰ 闪退，漏\u200b电')).toEqual(['App', '漏电']);
  });
  it('in Latin letters are whole words', () => {
    expect(found(['rust', '315'], 'I trust it 12315, crusty')).toEqual([]);
    expect(found(['rust', '315'], '用了一周rust了，315见')).toEqual(['rust', '315']);
  });
  it('are never patterns', () => {
    expect(found(['a.c', '(x+)+$', '.*'], 'abc xxxxxxxx!')).toEqual([]);
    expect(found(['.*'], '他说 .* 就行')).toEqual(['.*']);
  });
  it('are the same as by looking for each of them', () => {
    const seed = testSeed('words');
    const random = seededRandom(seed);
    const text = (length: number) => Array.from({ length }, () => random.pick(['漏', '电', '水', '火', '烟'])).join('');
    for (let i = 0; i < 400; i++) {
      const words = [...new Set(Array.from({ length: 12 }, () => text(1 + random.below(4))))];
      const where = text(30);
      expect(found(words, where), `seed ${seed}`).toEqual(words.filter((word) => foldedText(where).includes(word)));
    }
  });
});

describe('the topic of a text [SV3]', () => {
  const finder = topicFinder(defaultWords);
  it.each([
    ['插上电就冒烟，吓死人了', ['safety']],
    ['客服推诿，退款拖了两周，机器还有异响', ['quality', 'service']],
    ['刚买就降价三百，价保申请被拒', ['price']],
    ['下单三天还没出库，物流不动', ['delivery']],
    ['颜色没有想象的好看', ['other']],
  ])('%s', (text, topics) => {
    expect(finder.judge(text).topics).toEqual(topics);
  });
  it('comes with the strong words, each once', () => {
    expect(finder.judge('骗子！骗子！我要投诉到12315').strongWords).toEqual(['投诉', '12315', '骗子']);
  });
  it('follows a word that two lists share, however it is written', () => {
    const lists: WordsPolicy = { topics: { safety: ['ABC'], quality: [], service: [], price: ['abc'], delivery: [] }, strong: ['Abc'] };
    expect(topicFinder(lists).judge('an ABC thing')).toEqual({ topics: ['safety', 'price'], strongWords: ['Abc'] });
  });
});

describe('the policy', () => {
  const parse = (strong: readonly string[]) => wordsPolicy.safeParse({ ...defaultWords, strong });
  it('takes its own default', () => {
    expect(wordsPolicy.parse(defaultWords)).toEqual(defaultWords);
  });
  it('takes 1,000 words of 80 characters in a list and no more', () => {
    const words = Array.from({ length: 1_000 }, (_, i) => `${i}`.padEnd(80, '词'));
    expect(parse(words).success).toBe(true);
    expect(parse([...words, 'x']).success).toBe(false);
    expect(parse(['词'.repeat(81)]).success).toBe(false);
  });
  it('refuses a word nobody can see and one that is read like another of its list', () => {
    expect(parse(['\u200b']).success).toBe(false);
    expect(parse(['ＡＢＣ', 'abc']).success).toBe(false);
  });
});
