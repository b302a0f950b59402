import { describe, expect, it } from 'vitest';
import { moneyWords } from '../../../client/format/money.ts';
import { en } from '../../../client/i18n/en.ts';
import { parseScale } from '../../../client/i18n/parse-scale.ts';
import { zhCN } from '../../../client/i18n/zh-cn.ts';
import { digitsOf } from '../../../shared/money/currency.ts';
import { isCode, projectFiles } from '../../architecture/source.ts';

const scales = { 'zh-CN': parseScale(zhCN.number.scale), en: parseScale(en.number.scale) };
const words = (currency: string, language: keyof typeof scales) =>
  moneyWords({ currency, currencyDigits: digitsOf(currency) ?? NaN }, scales[language], language);

describe('[KP15] money is said with the digits of its currency', () => {
  it.each([
    ['CNY', 63_501_234, '63.5万', '¥635,012.34'],
    ['JPY', 63_501_234, '6,350万', 'JP¥63,501,234'],
    ['KWD', 63_501_234, '6.4万', 'KWD 63,501.234'],
    ['HUF', 63_501_234, '63.5万', 'HUF 635,012.34'],
    ['CLF', 63_501_234, '6,350', 'CLF 6,350.1234'],
  ] as const)('%s', (currency, minor, said, full) => {
    const money = words(currency, 'zh-CN');
    expect(money.text(minor)).toBe(said);
    expect(money.full(minor)).toBe(full);
  });

  it('in a column, a difference and a range too', () => {
    const yen = words('JPY', 'zh-CN');
    const step = yen.shared([2_000_000, -350_000]);
    expect([yen.inShared(2_000_000, step), yen.signedInShared(-350_000, step), yen.signedInShared(90_000, step)]).toEqual([
      '200.0',
      '−35.0',
      '+9.0',
    ]);
    expect(yen.range(1_130_000, 1_190_000, '至')).toBe('113–119');
    expect(yen.range(-47_000, -45_000, '至')).toBe('−4.7 至 −4.5');
    expect(yen.range(-10_000, 20_000, '至')).toBe('−1.0 至 2.0');
    expect(yen.range(99_990_000, 99_991_000, '至')).toBe('≈9,999');
    const dinar = words('KWD', 'en');
    expect(dinar.range(11_300_000, 11_900_000, 'to')).toBe('11.3–11.9');
    expect(dinar.text(12_345_678)).toBe('12.3K');
  });
});

it('nothing else in the client turns minor units into units', () => {
  const atFault = projectFiles().filter((file) => file.path.startsWith('client/') && isCode(file) && /\/ 1(?:00|e2)\b/u.test(file.text));
  expect(atFault.map((file) => file.path)).toEqual([]);
});
