import { expect, it } from 'vitest';
import { digitsOf } from '../../../shared/money/currency.ts';

it.each([
  ['CNY', 2],
  ['EUR', 2],
  ['JPY', 0],
  ['KRW', 0],
  ['CLP', 0],
  ['KWD', 3],
  ['IQD', 3],
  ['TND', 3],
  ['CLF', 4],
])('[KP15] %s has %i digits of minor units', (code, digits) => {
  expect(digitsOf(code)).toBe(digits);
});

// ISO 4217 counts fillér, sen and cents that Intl's data leaves out because prices are not written with them.
it.each(['HUF', 'IDR', 'COP', 'PKR', 'MMK', 'LAK', 'RSD', 'YER', 'MGA', 'MRU', 'TWD'])(
  '%s has two digits, as the standard says',
  (code) => {
    expect(digitsOf(code)).toBe(2);
  },
);

it.each(['XXQ', 'ABC', 'cny', 'XAU', 'XDR', 'XTS', 'XXX', 'HRK', 'RMB', 'toString', ''])('%s is no currency of a workspace', (code) => {
  expect(digitsOf(code)).toBeUndefined();
});

it('knows nearly every currency that Intl has a name for; those it does not are withdrawn or are no money of a shop', () => {
  const unknown = Intl.supportedValuesOf('currency').filter((code) => digitsOf(code) === undefined && code.length === 3);
  const withdrawn = ['ANG', 'BGN', 'CUC', 'HRK', 'SLL', 'ZWL'];
  expect(unknown.filter((code) => !withdrawn.includes(code) && !code.startsWith('X'))).toEqual([]);
});
