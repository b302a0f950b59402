/** The like day at this moment of it: 上周一此刻 61.2万. */
import type { ReactNode } from 'react';
import { numberAddress } from '../../format/kpi.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useGroupIfThere } from '../../state/screen-context.tsx';
import { Money } from '../../ui/money.tsx';
import { useGhostDay } from '../ghost-day.ts';

export function GhostNow(): ReactNode {
  const { t } = useWords();
  const ghost = useGroupIfThere('overview', 'ghost') ?? null;
  const day = useGhostDay(ghost);
  if (ghost === null) return null;
  return (
    <p className="ghost-now">
      {t('ghost.now', { day })}{' '}
      <a className="number-link" href={numberAddress({ kpi: 'net_sales', period: ghost.day, where: [] })}>
        <Money minor={ghost.net} />
      </a>
    </p>
  );
}
