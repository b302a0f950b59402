/** Formats amounts, given in minor units of the workspace's currency, as people say them. */
import { inStep, inStepShort, scaled, signedInStep, stepFor, trueMinus, type Scale, type ScaleStep } from './scale.ts';

export interface Currency {
  /** ISO 4217 */
  readonly currency: string;
  /** Decimal digits between a unit and its minor unit: 2 for CNY, 0 for JPY, 3 for KWD. */
  readonly currencyDigits: number;
}

export interface MoneyWords {
  /** ¥ */
  readonly sign: string;
  /** Minor units → units of the currency, for files of other programs. */
  readonly units: (minor: number) => number;
  /** Units of the currency as people write them → minor units; not rounded. */
  readonly minor: (units: number) => number;
  /** Minor units → 63.5万 as two parts. */
  readonly parts: (minor: number) => { readonly figure: string; readonly unit: string };
  readonly text: (minor: number) => string;
  /** The amount with every digit, for titles. */
  readonly full: (minor: number) => string;
  /** The step that a set of amounts shares, which the largest of them decides. */
  readonly shared: (minors: readonly number[]) => ScaleStep | null;
  readonly inShared: (minor: number, step: ScaleStep | null) => string;
  /** The same with a sign on positive amounts too. */
  readonly signedInShared: (minor: number, step: ScaleStep | null) => string;
  /** A range in the step of its ends, without a unit: 113–119; −4.7 to −4.5 with the word `to`; ≈113 where both ends read the same. */
  readonly range: (low: number, high: number, to: string) => string;
}

export function moneyWords({ currency, currencyDigits }: Currency, scale: Scale, language: string): MoneyWords {
  const minorUnits = 10 ** currencyDigits;
  // For some currencies Intl uses fewer digits than ISO 4217 defines, so the number of digits is passed.
  const full = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    minimumFractionDigits: currencyDigits,
    maximumFractionDigits: currencyDigits,
  });
  const units = (minor: number) => minor / minorUnits;
  const parts = (minor: number) => scaled(units(minor), scale);
  const shared = (minors: readonly number[]) => stepFor(scale, Math.max(0, ...minors.map((m) => Math.abs(units(m)))));
  const sign = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
    .formatToParts(0)
    .find(({ type }) => type === 'currency');
  return {
    sign: sign?.value ?? currency,
    units,
    minor: (amount) => amount * minorUnits,
    parts,
    text: (minor) => {
      const { figure, unit } = parts(minor);
      return figure + unit;
    },
    full: (minor) => trueMinus(full.format(units(minor))),
    shared,
    inShared: (minor, step) => inStep(units(minor), step),
    signedInShared: (minor, step) => signedInStep(units(minor), step),
    range: (low, high, to) => {
      const step = shared([low, high]);
      const [from, until] = [inStepShort(units(low), step), inStepShort(units(high), step)];
      if (from === until) return `≈${from}`;
      return low < 0 || high < 0 ? `${from} ${to} ${until}` : `${from}–${until}`;
    },
  };
}
