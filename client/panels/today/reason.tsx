/** Why today differs from yesterday at the same time, in one line; nothing where yesterday had sold nothing by then. */
import type { ReactNode } from 'react';
import { reasonWords } from '../../format/reason-words.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useGroup } from '../../state/screen-context.tsx';
import { useMoney } from '../../ui/money.tsx';

/** Of the lane, in characters of the line's size. */
const ROOM = 22;

export function Reason(): ReactNode {
  const { t } = useWords();
  const money = useMoney();
  const { against } = useGroup('overview', 'today');
  if (!against) return null;
  const difference = against.orders + against.refunds;
  if (difference === 0) return <p className="today-reason">{t('reason.even')}</p>;
  const signed = (amount: number): string => {
    const { figure, unit } = money.parts(Math.abs(amount));
    return `${amount < 0 ? '−' : '+'}${figure}${unit}`;
  };
  const parts = [
    { name: t('reason.orders'), amount: against.orders },
    { name: t('reason.refunds'), amount: against.refunds },
  ];
  const words = { lead: t('reason.lead'), colon: t('reason.colon'), comma: t('reason.comma') };
  return (
    <p className="today-reason" title={money.full(difference)}>
      {reasonWords({ ...words, difference, parts, signed, room: ROOM })}
    </p>
  );
}
