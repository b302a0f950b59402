import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../../server/domain/facts.ts';
import { hottest } from '../../../../server/domain/projection/keywords.ts';
import { latestMoves } from '../../../../server/domain/projection/moves.ts';
import { priceChange } from '../../../../server/domain/projection/price.ts';
import { sentimentGroup } from '../../../../server/domain/projection/sentiment.ts';

describe('[KP13] price changes', () => {
  it.each([
    ['¥3,299', '¥2,799', (2799 - 3299) / 3299],
    ['￥1,099', '1199元', (1199 - 1099) / 1099],
    ['3299', '¥ 3299', 0],
    ['1.2万', '9000', (9000 - 12000) / 12000],
    ['$19.90', '$9.95', -0.5],
  ])('%s → %s', (before, after, want) => {
    expect(priceChange(before, after)).toBeCloseTo(want, 12);
  });
  it.each([
    ['¥3,299', '$2,799'],
    ['¥0', '¥10'],
    ['双锅炉', '¥4,599'],
    ['¥3,29', '¥2,799'],
    ['¥3,299 起', '¥2,799'],
    [undefined, '¥2,799'],
    ['¥3,299', undefined],
  ])('%s → %s is none', (before, after) => {
    expect(priceChange(before, after)).toBeNull();
  });
});

describe('competitor moves', () => {
  const move = (moveId: string, competitor: string, occurredAt: number): Fact => ({
    kind: 'move',
    key: `/c ${moveId}`,
    source: '/c',
    versions: [
      {
        type: 'competitor.move',
        version: 1,
        occurredAt,
        receivedAt: occurredAt,
        body: '',
        data: { moveId, version: 1, competitor, kind: 'price', title: 'A8 降价', before: '¥100', after: '¥90', impact: 'high' },
      },
    ],
  });
  it('show tracked competitors before others, newest first', () => {
    const rows = latestMoves(
      [move('1', '无名', 9), move('2', '铂域', 1), move('3', '铂域', 3), move('4', '意朗', 2), move('5', '无名', 8)],
      ['铂域', '意朗'],
      4,
    );
    expect(rows.map((r) => r.moveId)).toEqual(['3', '4', '2', '1']);
    expect(rows[0]).toMatchObject({ at: 3, competitor: '铂域', before: '¥100', after: '¥90', change: -0.1, impact: 'high' });
  });
});

describe('[K17] sentiment windows', () => {
  const brands = { own: ['山澜'], tracked: ['铂域'] };
  it('give a value from 30 mentions with a polarity on, never below', () => {
    const group = sentimentGroup(
      [
        { slot: 22, brand: '山澜', polarity: 'negative', count: 29 },
        { slot: 22, brand: '山澜', polarity: 'neutral', count: 50 },
        { slot: 23, brand: '山澜', polarity: 'negative', count: 24 },
        { slot: 23, brand: '山澜', polarity: 'positive', count: 6 },
        { slot: 23, brand: '山澜', polarity: 'unscored', count: 1 },
        { slot: 23, brand: '铂域', polarity: 'positive', count: 90 },
        { slot: 23, brand: '路人', polarity: 'positive', count: 900 },
      ],
      24,
      brands,
      [{ brand: '山澜', since: 7, negative: 24, usual: 2 }],
    );
    expect(group.spikes).toEqual([{ brand: '山澜', since: 7, negative: 24, usual: 2 }]);
    expect(group.hours.length).toBe(24);
    expect([group.hours[0], group.hours[22], group.hours[23]]).toEqual([null, null, (6 - 24) / 30]);
    expect(group.lastHour).toEqual({ positive: 6, negative: 24, neutral: 0, value: -0.6 });
    expect(group.lastDay).toEqual({ positive: 6, negative: 53, neutral: 50, value: (6 - 53) / 59 });
    expect(group.shareOfVoice).toBe(110 / 200);
  });
  it('say nothing without an own brand', () => {
    const group = sentimentGroup([{ slot: 0, brand: '铂域', polarity: 'positive', count: 90 }], 24, { own: [], tracked: ['铂域'] }, []);
    expect([group.lastDay.value, group.shareOfVoice, group.brands]).toEqual([null, null, []]);
  });
});

describe('[KP12] keyword heat', () => {
  const k = (keyword: string | null, brand: string, mentions: number, negative = 0) => ({ keyword, brand, mentions, negative });
  it('ranks by mentions of the own brands and shows the day before', () => {
    const rows = hottest(
      [
        k('漏水', '山澜', 30, 28),
        k('拉花', '山澜', 12),
        k('降价', '铂域', 99),
        k('售后', '山澜', 12, 3),
        k('消失', '山澜', 0),
        k(null, '山澜', 4),
      ],
      [k('漏水', '山澜', 2), k('拉花', '铂域', 7)],
      ['山澜'],
      3,
    );
    expect(rows).toEqual([
      { keyword: '漏水', mentions: 30, negative: 28, before: 2 },
      { keyword: '售后', mentions: 12, negative: 3, before: 0 },
      { keyword: '拉花', mentions: 12, negative: 0, before: 0 },
    ]);
  });
});
