import { expect, it } from 'vitest';
import { pastedWords } from '../../../client/settings/pasted-words.ts';

it('a pasted list is read however its words are kept apart, each word once', () => {
  expect(pastedWords('漏电\n起火、 冒烟，起火\r\ncaught fire; burn\t')).toEqual(['漏电', '起火', '冒烟', 'caught fire', 'burn']);
  expect(pastedWords(' \n')).toEqual([]);
  expect(pastedWords(Array.from({ length: 1_000 }, (_, i) => `词${String(i)}`).join('\n'))).toHaveLength(1_000);
});
