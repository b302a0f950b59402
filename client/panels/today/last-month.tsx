/** How final last month's figures are: being settled, closed, or restated by what came later. */
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useGroupIfThere } from '../../state/screen-context.tsx';
import { useMoney } from '../../ui/money.tsx';

export function LastMonth(): ReactNode {
  const { t } = useWords();
  const money = useMoney();
  const before = useGroupIfThere('overview', 'month')?.before;
  if (!before) return null;
  const { state, difference } = before;
  const moved = state === 'restated' && difference !== null ? difference : null;
  const { figure, unit } = money.parts(Math.abs(moved ?? 0));
  return (
    <p className="last-month">
      <span className="last-month-words" title={t(`lastMonth.${state}`)}>
        {t(`lastMonth.${state}`)}
      </span>
      {moved !== null && (
        <span className="figure" title={money.full(moved)}>
          {moved < 0 ? '−' : '+'}
          {figure}
          {unit}
        </span>
      )}
    </p>
  );
}
