/** An amount in the short form of the wall, with every digit in its title. */
import { useMemo, type ReactNode } from 'react';
import { moneyWords, type MoneyWords } from '../format/money.ts';
import { useWords } from '../i18n/use-words.ts';
import { useWorkspace } from '../state/screen-context.tsx';

/** The format of the workspace's amounts in the language of the page. */
export function useMoney(): MoneyWords {
  const { scale, language } = useWords();
  const { currency, currencyDigits } = useWorkspace();
  return useMemo(() => moneyWords({ currency, currencyDigits }, scale, language), [currency, currencyDigits, scale, language]);
}

/** null: beyond what sums exactly [I16]. */
export function Money({ minor, className = '' }: { readonly minor: number | null; readonly className?: string }): ReactNode {
  const money = useMoney();
  const { t } = useWords();
  if (minor === null) {
    return (
      <span className={`figure ${className}`} title={t('number.overflow')}>
        {t('number.none')}
      </span>
    );
  }
  const { figure, unit } = money.parts(minor);
  return (
    <span className={`figure ${className}`} title={money.full(minor)}>
      {figure}
      {unit && <span className="unit">{unit}</span>}
    </span>
  );
}
