import { describe, expect, it } from 'vitest';
import { kpiFigure, kpiFull, kpiPlain, numberAddress, shapeOf, whereOf } from '../../../client/format/kpi.ts';
import { moneyWords } from '../../../client/format/money.ts';

const scale = [
  { at: 1e8, word: '亿' },
  { at: 1e4, word: '万' },
];
const money = moneyWords({ currency: 'CNY', currencyDigits: 2 }, scale, 'zh-CN');

describe('a KPI is written by its unit', () => {
  it.each([
    ['net_sales', 'minor', 63_500_000, '63.5万', '¥635,000.00', 635_000],
    ['cac', 'minor_per_customer', 12_345.678, '123', '¥123.46', 123.456_78],
    ['net_sentiment', 'ratio', -0.31, '−31.0%', '−31%', -0.31],
    ['roas', 'ratio', 6.451, '6.45', '6.451', 6.451],
    ['growth.roas', 'ratio', 0.2, '20.0%', '20%', 0.2],
    ['new_customers', 'count', 12_900, '1.3万', '12,900', 12_900],
    ['brand_health', 'score', 71.26, '71.3', '71.26', 71.26],
  ] as const)('%s in %s: %d is %s', (kpi, unit, value, short, full, plain) => {
    const shape = shapeOf(kpi, unit);
    const { figure, unit: word } = kpiFigure(shape, value, money, scale);
    expect(figure + word).toBe(short);
    expect(kpiFull(shape, value, money)).toBe(full);
    expect(kpiPlain(shape, value, money)).toBeCloseTo(plain, 6);
  });

  it('has a page whose address names its cell', () => {
    const where = whereOf({ channel: '京东', region: null });
    expect(where).toEqual(['channel:京东', 'region:']);
    expect(numberAddress({ kpi: 'net_sales', period: '2026-11', where })).toBe(
      '/kpis/net_sales?period=2026-11&where=channel%3A%E4%BA%AC%E4%B8%9C&where=region%3A',
    );
  });
});
