/**
 * Formats large numbers as people say them: 万/亿 in Chinese, K/M/B in English. The words come from
 * the catalogue of the language; this file has only the arithmetic.
 */
export interface ScaleStep {
  /** Amount of one unit of the word. */
  readonly at: number;
  readonly word: string;
}
/** Largest first. */
export type Scale = readonly ScaleStep[];

export interface Figure {
  readonly figure: string;
  /** Empty below the first step. */
  readonly unit: string;
}

const MINUS = '−';

/** Text of a number as programs write it, with the sign people read: -1.5 → −1.5. */
export const trueMinus = (text: string): string => text.replace('-', MINUS);

const grouped = (digits: number) => new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const formats = [grouped(0), grouped(1), grouped(2)] as const;

/** The step for an amount; `null` = the plain number. Rounding may lift an amount to the next step: 99,996,000 is 1.00亿, not 10,000万. */
export function stepFor(scale: Scale, amount: number): ScaleStep | null {
  const size = Math.abs(amount);
  return scale.find((step) => size >= step.at * (ofThousands(step) ? 0.9995 : 0.99995)) ?? null;
}

/** Steps of a thousand leave figures from 1 to 999, steps of ten thousand up to 9,999. */
const ofThousands = (step: ScaleStep): boolean => Number.isInteger(Math.round(Math.log10(step.at)) / 3);

/**
 * Three digits that count in steps of a thousand: 2.13M, 15.2K, 126M. In steps of ten thousand three or four: 63.5, 126.0,
 * 1,260; from 亿 upwards two decimals, because with one decimal millions would be invisible.
 */
function decimals(size: number, step: ScaleStep | null): 0 | 1 | 2 {
  if (!step) return 0;
  if (size >= 999.95) return 0;
  if (ofThousands(step)) return size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  return step.at >= 1e8 && size < 99.995 ? 2 : 1;
}

function inStepWith(amount: number, step: ScaleStep | null, digits: (size: number, step: ScaleStep | null) => 0 | 1 | 2): string {
  const value = amount / (step?.at ?? 1);
  const size = Math.abs(value);
  const text = formats[digits(size, step)].format(size);
  const isZero = !/[1-9]/.test(text);
  return value < 0 && !isZero ? MINUS + text : text;
}

/** The amount in a given step, so that all numbers of a column have the same unit. */
export function inStep(amount: number, step: ScaleStep | null): string {
  return inStepWith(amount, step, decimals);
}

/** The same with at most three significant digits, for estimates and for narrow places: 113, 8.6. */
export function inStepShort(amount: number, step: ScaleStep | null): string {
  return inStepWith(amount, step, (size, at) => (size >= 99.95 ? 0 : size >= 9.995 && at ? 1 : decimals(size, at)));
}

export function scaled(amount: number, scale: Scale): Figure {
  const step = stepFor(scale, amount);
  return { figure: inStep(amount, step), unit: step?.word ?? '' };
}

/** Like `inStep`, with a sign on positive numbers too; a number that rounds to zero has no sign. */
export function signedInStep(amount: number, step: ScaleStep | null): string {
  const text = inStep(amount, step);
  return amount > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

export function fullCount(count: number): string {
  return trueMinus(formats[0].format(count));
}

/** A ratio as a percentage without its sign character: 0.924 → 92.4 with one decimal. */
export function percent(ratio: number, digits: 0 | 1 = 1): string {
  const text = formats[digits].format(Math.abs(ratio) * 100);
  return ratio < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

/** The part of a whole that is ripe or known, in whole per cent: it reads 100 or 0 only where it is all or nothing. */
export function partPercent(part: number): string {
  const rounded = percent(part, 0);
  if (part < 1 && rounded === '100') return '99';
  return part > 0 && rounded === '0' ? '1' : rounded;
}

export function signedPercent(ratio: number, digits: 0 | 1 = 1): string {
  const text = percent(ratio, digits);
  return ratio > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** Beyond this a factor says only that something is far off. */
const FACTOR_MOST = 9.9;

/** A plain factor such as a pace, two decimals; far beyond its scale only that it is: >9.9. */
export function factor(value: number): string {
  if (value > FACTOR_MOST) return `>${formats[1].format(FACTOR_MOST)}`;
  return value < 0 ? MINUS + formats[2].format(-value) : formats[2].format(value);
}

/** A factor whose size matters however large it is, such as a return on spend: 2.24, −0.35, 1,235. */
export function openFactor(value: number): string {
  const size = Math.abs(value);
  const text = formats[size < 99.995 ? 2 : 0].format(size);
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

/** A pace or attainment as a percentage; from ten times on only that it is beyond: >990. */
export function paceShare(ratio: number, digits: 0 | 1 = 0): string {
  return ratio > FACTOR_MOST ? `>${formats[0].format(FACTOR_MOST * 100)}` : percent(ratio, digits);
}
