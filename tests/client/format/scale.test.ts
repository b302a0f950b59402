import { describe, expect, it } from 'vitest';
import {
  factor,
  openFactor,
  inStep,
  inStepShort,
  paceShare,
  partPercent,
  percent,
  scaled,
  signedInStep,
  signedPercent,
  stepFor,
} from '../../../client/format/scale.ts';
import { en } from '../../../client/i18n/en.ts';
import { parseScale } from '../../../client/i18n/parse-scale.ts';
import { zhCN } from '../../../client/i18n/zh-cn.ts';

const chinese = parseScale(zhCN.number.scale);
const english = parseScale(en.number.scale);
const said = (amount: number, scale = chinese) => {
  const { figure, unit } = scaled(amount, scale);
  return figure + unit;
};

describe('large numbers as people say them', () => {
  it.each([
    [635_000, '63.5万'],
    [1_260_000, '126.0万'],
    [42_000_000, '4,200万'],
    [123_456_789, '1.23亿'],
    [65_432_100_000, '654.3亿'],
    [8_432, '8,432'],
    [0, '0'],
    [-12_345_678, '−1,235万'],
    [-0.2, '0'],
  ])('%d is %s', (amount, expected) => {
    expect(said(amount)).toBe(expected);
  });

  it.each([
    [99_996_000, '1.00亿'],
    [99_990_000, '9,999万'],
    [9_999.9, '1.0万'],
    [9_994, '9,994'],
  ])('rounding at the edge of a step: %d is %s, never 10,000万', (amount, expected) => {
    expect(said(amount)).toBe(expected);
  });

  it.each([
    [635_000, '635K'],
    [2_130_000, '2.13M'],
    [15_240, '15.2K'],
    [1_260_000, '1.26M'],
    [126_000_000, '126M'],
    [999_600, '1.00M'],
    [42_000_000, '42.0M'],
    [2_500_000_000, '2.50B'],
    [842, '842'],
  ])('in English %d is %s', (amount, expected) => {
    expect(said(amount, english)).toBe(expected);
  });

  it('says a column in one unit, with signs that vanish when the number rounds to zero', () => {
    const step = stepFor(chinese, 219_000);
    expect(inStep(5_500, step)).toBe('0.6');
    expect(signedInStep(-53_000, step)).toBe('−5.3');
    expect(signedInStep(9_000, step)).toBe('+0.9');
    expect(signedInStep(-100, step)).toBe('0.0');
    expect(signedInStep(100, step)).toBe('0.0');
  });

  it('says estimates with three digits that count', () => {
    expect(inStepShort(1_130_000, stepFor(chinese, 1_190_000))).toBe('113');
    expect(inStepShort(86_000, stepFor(chinese, 86_000))).toBe('8.6');
    expect(inStepShort(1_980_000_000, stepFor(chinese, 1_980_000_000))).toBe('19.8');
  });

  it('says ratios and factors', () => {
    expect(percent(0.924)).toBe('92.4');
    expect(percent(-0.0001)).toBe('0.0');
    // Almost all is not all, and a little is not nothing.
    expect([1, 0.997, 0.99, 0.004, 0].map(partPercent)).toEqual(['100', '99', '99', '1', '0']);
    expect(signedPercent(0.212)).toBe('+21.2');
    expect(signedPercent(-0.558)).toBe('−55.8');
    expect(factor(1.2)).toBe('1.20');
    expect(factor(-0.4)).toBe('−0.40');
    expect([2.236, -0.351, -0.001, 99.994, 99.996, 1_235.4].map(openFactor)).toEqual(['2.24', '−0.35', '0.00', '99.99', '100', '1,235']);
  });
});

describe('a ratio far beyond its scale', () => {
  it('says only that it is', () => {
    expect(factor(9.9)).toBe('9.90');
    expect(factor(1_736.31)).toBe('>9.9');
    expect(paceShare(0.67)).toBe('67');
    expect(paceShare(924_000)).toBe('>990');
    expect(paceShare(-0.41)).toBe('−41');
  });
});

describe('a catalogue’s scale', () => {
  it('is refused when it is not amount:word', () => {
    expect(() => parseScale('万')).toThrow('万');
    expect(() => parseScale('zero:x')).toThrow('zero:x');
  });
});
