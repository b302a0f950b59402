import { expect, it } from 'vitest';
import { reasonWords, type ReasonLine } from '../../../client/format/reason-words.ts';
import { textWidth } from '../../../client/format/text-width.ts';

const line: ReasonLine = {
  ...{ lead: '比昨日同时', difference: -12_300, colon: '：', comma: '，', room: 40 },
  parts: [
    { name: '新单', amount: -4_200 },
    { name: '退款', amount: -8_100 },
  ],
  signed: (amount) => `${amount < 0 ? '−' : '+'}¥${Math.abs(amount)}`,
};

it('a difference is told with its parts, the largest first', () => {
  expect(reasonWords(line)).toBe('比昨日同时 −¥12300：退款 −¥8100，新单 −¥4200');
});

it('what does not fit is left out whole, the smallest part first', () => {
  expect(reasonWords({ ...line, room: 18 })).toBe('比昨日同时 −¥12300：退款 −¥8100');
  expect(reasonWords({ ...line, room: 12 })).toBe('比昨日同时 −¥12300');
  for (let room = 9; room < 40; room += 1) expect(textWidth(reasonWords({ ...line, room }))).toBeLessThanOrEqual(Math.max(room, 9.5));
});

it('a part that is the whole difference is not told twice', () => {
  expect(
    reasonWords({
      ...line,
      difference: -8_100,
      parts: [
        { name: '退款', amount: -8_100 },
        { name: '新单', amount: 0 },
      ],
    }),
  ).toBe('比昨日同时 −¥8100');
});
