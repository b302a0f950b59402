/** An amount as the wall says it, every digit in its title. */
import type { ReactNode } from 'react';
import { fullMoney, inStep, inStepShort, scaled, stepFor } from '../format/scale.ts';
import type { ScaleStep } from '../format/scale.ts';
import { useWords } from '../i18n/use-words.ts';
import { useWorkspace } from '../state/screen-context.tsx';

export interface MoneyWords {
  /** Minor units → 63.5万 as two parts. */
  readonly parts: (minor: number) => { readonly figure: string; readonly unit: string };
  readonly text: (minor: number) => string;
  readonly full: (minor: number) => string;
  /** The step a set of amounts shares, by the largest. */
  readonly shared: (minors: readonly number[]) => ScaleStep | null;
  readonly inShared: (minor: number, step: ScaleStep | null) => string;
  /** A range in the step of its ends, without unit: 113–119. */
  readonly range: (low: number, high: number) => string;
}

export function useMoney(): MoneyWords {
  const { scale, language } = useWords();
  const { currency } = useWorkspace();
  const parts = (minor: number) => scaled(minor / 100, scale);
  const shared = (minors: readonly number[]) => stepFor(scale, Math.max(0, ...minors.map((m) => Math.abs(m / 100))));
  return {
    parts,
    text: (minor) => {
      const { figure, unit } = parts(minor);
      return figure + unit;
    },
    full: (minor) => fullMoney(minor, currency, language),
    shared,
    range: (low, high) => {
      const step = shared([low, high]);
      return `${inStepShort(low / 100, step)}–${inStepShort(high / 100, step)}`;
    },
    inShared: (minor, step) => inStep(minor / 100, step),
  };
}

export function Money({ minor, className = '' }: { readonly minor: number; readonly className?: string }): ReactNode {
  const money = useMoney();
  const { figure, unit } = money.parts(minor);
  return (
    <span className={`figure ${className}`} title={money.full(minor)}>
      {figure}
      {unit && <span className="unit">{unit}</span>}
    </span>
  );
}
