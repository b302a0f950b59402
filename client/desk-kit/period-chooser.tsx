/** Chooses a period: its length, and the one before or after. */
import { Button, Segmented, Space } from 'antd';
import type { ReactNode } from 'react';
import { grains, type Grain } from '../../shared/kpi/types.ts';
import { dayOf } from '../format/instant.ts';
import { grainOf, neighbour, periodDays, periodLabel, periodNameAt } from '../format/period.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useScreen, useWorkspace } from '../state/screen-context.tsx';

export interface PeriodChooserProps {
  readonly period: string;
  /** The lengths to choose from; all when absent. */
  readonly among?: readonly Grain[];
  readonly onChange: (period: string) => void;
}

export function PeriodChooser({ period, among = grains, onChange }: PeriodChooserProps): ReactNode {
  const { t, language } = useDeskWords();
  const { timeZone } = useWorkspace();
  const today = useScreen((screen) => dayOf(screen.now, timeZone));
  const grain = grainOf(period) ?? 'month';
  const present = periodNameAt(grain, today);
  const days = periodDays(period);
  // Another length begins with the period that holds the same days, as far as they have come.
  const within = days === undefined || days.end > today ? today : days.start;
  return (
    <Space wrap size={[12, 8]}>
      <Segmented<Grain>
        aria-label={t('numbers.grainLabel')}
        value={grain}
        options={among.map((value) => ({ value, label: t(`grain.${value}`) }))}
        onChange={(next) => onChange(periodNameAt(next, within))}
      />
      <Space.Compact>
        <Button aria-label={t('numbers.earlier')} onClick={() => onChange(neighbour(period, -1))}>
          ‹
        </Button>
        <Button disabled={period === present} onClick={() => onChange(present)} title={t('numbers.now')}>
          {periodLabel(period, language)}
        </Button>
        <Button aria-label={t('numbers.later')} disabled={period >= present} onClick={() => onChange(neighbour(period, 1))}>
          ›
        </Button>
      </Space.Compact>
    </Space>
  );
}
