/** One figure of sales that is far from usual at this hour: which, by how much, and the channel, category or region that moved it. */
import type { ReactNode } from 'react';
import type { AnomalyRow } from '../../../shared/wire/views/overview.ts';
import { excerpt } from '../../../shared/text/excerpt.ts';
import { percent } from '../../format/scale.ts';
import { useWords } from '../../i18n/use-words.ts';
import { OutsideText } from '../../ui/outside-text.tsx';
import { Peak } from '../../ui/shapes.tsx';

/** A channel's name is cut to this many characters on the wall. */
const NAME_MOST = 5;

type SalesFigure = 'net_sales' | 'orders' | 'refunds' | 'leads';
const salesFigures: readonly string[] = ['net_sales', 'orders', 'refunds', 'leads'] satisfies readonly SalesFigure[];
export const isSalesFigure = (kpi: AnomalyRow['kpi']): kpi is SalesFigure => salesFigures.includes(kpi);

export function Unusual({ row }: { readonly row: AnomalyRow }): ReactNode {
  const { t } = useWords();
  const { kpi, direction, ratio, movedBy } = row;
  const what = isSalesFigure(kpi) && kpi !== 'net_sales' ? t(`anomaly.kpi.${kpi}`) : '';
  const share = ratio === null ? '' : `${percent(Math.abs(ratio), 0)}%`;
  return (
    <p className="panel-note unusual">
      <Peak down={direction === 'below'} /> {t(`anomaly.${direction}`, { what, share })}
      {movedBy !== null && (
        <>
          {t('anomaly.by')}
          <OutsideText>{excerpt(movedBy, NAME_MOST)}</OutsideText>
        </>
      )}
    </p>
  );
}
