/** Why sales differ from those of the period before at the same time, in one line; nothing where it had sold nothing by then. */
import type { ReactNode } from 'react';
import { reasonWords } from '../format/reason-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { useMoney } from './money.tsx';

export interface SalesReasonProps {
  readonly against: { readonly orders: number; readonly refunds: number } | null;
  readonly than: 'yesterday' | 'lastMonth';
  /** Of the lane, in characters of the line's size. */
  readonly room: number;
  readonly className: string;
}

export function SalesReason({ against, than, room, className }: SalesReasonProps): ReactNode {
  const { t } = useWords();
  const money = useMoney();
  if (!against) return null;
  const difference = against.orders + against.refunds;
  if (difference === 0) return <p className={className}>{t(`reason.even.${than}`)}</p>;
  const signed = (amount: number): string => {
    const { figure, unit } = money.parts(Math.abs(amount));
    return `${amount < 0 ? '−' : '+'}${figure}${unit}`;
  };
  const parts = [
    { name: t('reason.orders'), amount: against.orders },
    { name: t('reason.refunds'), amount: against.refunds },
  ];
  const words = { lead: t(`reason.lead.${than}`), colon: t('reason.colon'), comma: t('reason.comma') };
  return (
    <p className={className} title={money.full(difference)}>
      {reasonWords({ ...words, difference, parts, signed, room })}
    </p>
  );
}
