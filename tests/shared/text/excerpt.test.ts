/** [TX4] Text is cut between what people see as characters. */
import { describe, expect, it } from 'vitest';
import { storyTitle } from '../../../server/domain/incidents/story.ts';
import { seededRandom } from '../../helpers/random.ts';
import { testSeed } from '../../helpers/seed.ts';
import { excerpt, excerptLine, isInvisible } from '../../../shared/text/excerpt.ts';

const clusters = ['🇨🇳', '👨‍👩‍👧‍👦', '👍🏽', 'e\u0301', '한', '각', '𠮷', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'क्षि', '字'];

describe('[TX4] an excerpt', () => {
  it.each(clusters)('is never cut inside %s', (cluster) => {
    const count = [...new Intl.Segmenter('en').segment(cluster)].length;
    for (let before = 0; before < 9; before++) {
      const text = 'x'.repeat(before) + cluster.repeat(12);
      const most = 9;
      const cut = excerpt(text, most);
      expect(cut.isWellFormed()).toBe(true);
      const room = Math.floor((most - 1 - before) / count);
      if (count === 1) expect(cut).toBe(`${'x'.repeat(before)}${cluster.repeat(room)}…`);
    }
  });

  it('leaves what fits as it is', () => {
    expect(excerpt('山澜 X5', 5)).toBe('山澜 X5');
    expect(excerpt('', 5)).toBe('');
    expect(excerpt('abcdef', 5)).toBe('abcd…');
  });

  it('bounds marks piled on one letter, and the work for them', () => {
    const piled = `Z${'\u0335'.repeat(300)}ok`;
    expect(excerpt(piled, 5)).toBe(`Z${'\u0335'.repeat(15)}ok`);
    expect(excerpt('\u0335'.repeat(20_000), 60).length).toBeLessThan(20);
  });

  it('stands on one line, without what turns directions or takes no room', () => {
    expect(excerptLine('\u2028a\u202eb\u200b\tc\r\nd\u2069', 60)).toBe('ab c d');
    expect(excerptLine(`${'\u200b'.repeat(500)}到`, 60)).toBe('到');
  });
});

describe('[TX4] plain text', () => {
  it('is cut as any other, whatever stands at the cut', () => {
    const random = seededRandom(testSeed('excerpt'));
    const pieces = [
      '漏',
      'a',
      ' ',
      '\u3000',
      '，',
      '\n',
      '\r',
      '\r\n',
      '\u0301',
      '\ufe0f',
      '\u20e3',
      '👍🏽',
      '\u200d',
      '\u3099',
      '\u302a',
      '7',
      '\u200b',
    ];
    for (let turn = 0; turn < 3_000; turn++) {
      const text = Array.from({ length: random.below(14) }, () => (random.below(3) === 0 ? random.pick(pieces) : '水')).join('');
      const most = 2 + random.below(8);
      const clusters = [...new Intl.Segmenter('en').segment(text)].map(({ segment }) => segment);
      const expected = clusters.length <= most ? text : `${clusters.slice(0, most - 1).join('')}…`;
      expect(excerpt(text, most), JSON.stringify({ text, most })).toBe(expected);
      const line = text.replace(/[\u200b]/gu, '').replace(/[\p{White_Space}\p{Cc}]+/gu, ' ');
      expect(excerptLine(text, most), JSON.stringify({ text, most })).toBe(excerpt(line.trim(), most));
    }
  });
});

describe('[TX4] a title', () => {
  it.each(['\u200b', ' \u00a0\u3000', '\u2060\ufeff', '\u202e', '\u3164', '\u2800', '\u0007', '\u00ad\u180e', ''])(
    '%j shows nothing and gives way to the text, then the author, then the platform',
    (title) => {
      expect(isInvisible(title)).toBe(true);
      expect(storyTitle(title, ' 漏水\n了 ', '咖啡站', '微博')).toBe('漏水 了');
      expect(storyTitle(title, title, '咖啡站', '微博')).toBe('咖啡站');
      expect(storyTitle(undefined, title, title, '微博')).toBe('微博');
      expect(storyTitle(title, title, title, title)).toBe('…');
    },
  );

  it('is cut at sixty characters as people count them', () => {
    expect(storyTitle('👨‍👩‍👧‍👦'.repeat(61), '')).toBe(`${'👨‍👩‍👧‍👦'.repeat(59)}…`);
    expect(storyTitle('🇩🇪'.repeat(60), '')).toBe('🇩🇪'.repeat(60));
  });
});
