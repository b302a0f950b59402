/** How values of KPIs are written in the language and the currency of the page. */
import type { KpiValue } from '../../shared/kpi/types.ts';
import { kpiFigure, kpiFull, kpiPlain, shapeOf } from '../format/kpi.ts';
import { periodLabel, periodName } from '../format/period.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useWorkspace } from '../state/screen-context.tsx';
import { useMoney } from '../ui/money.tsx';
import { useDescriptions } from './descriptions.tsx';

export interface FigureWords {
  /** Short, its unit apart. */
  readonly parts: (kpi: string, unit: KpiValue['unit'], value: number) => { readonly figure: string; readonly unit: string };
  readonly text: (kpi: string, unit: KpiValue['unit'], value: number) => string;
  readonly full: (kpi: string, unit: KpiValue['unit'], value: number) => string;
  /** For spreadsheets: money in whole units of the currency. */
  readonly plain: (kpi: string, unit: KpiValue['unit'], value: number) => number;
  /** What is missing, in words. */
  readonly reason: (reason: string | undefined) => string;
  readonly state: (state: string) => string;
  /** The dimension of a value: 渠道 京东; empty for the whole. */
  readonly cell: (dimension: KpiValue['dimension']) => string;
  /** The value with everything it rests on, for a copy. */
  readonly basis: (value: KpiValue, asOf: string | null) => string;
}

export function useFigureWords(): FigureWords {
  const { t, coded, language, scale } = useDeskWords();
  const { timeZone } = useWorkspace();
  const money = useMoney();
  const { name } = useDescriptions();

  const parts: FigureWords['parts'] = (kpi, unit, value) => kpiFigure(shapeOf(kpi, unit), value, money, scale);
  const full: FigureWords['full'] = (kpi, unit, value) => kpiFull(shapeOf(kpi, unit), value, money);
  const reason: FigureWords['reason'] = (code) => (code === undefined ? t('kit.noValue') : coded('reason', code));
  const state: FigureWords['state'] = (code) => coded('state', code);
  const cell: FigureWords['cell'] = (dimension) =>
    Object.entries(dimension ?? {})
      .map(([dim, value]) => `${coded('dimension', dim)} ${value ?? t('kit.unattributed')}`)
      .join(' · ');
  return {
    parts,
    text: (kpi, unit, value) => {
      const { figure, unit: word } = parts(kpi, unit, value);
      return figure + word;
    },
    full,
    plain: (kpi, unit, value) => kpiPlain(shapeOf(kpi, unit), value, money),
    reason,
    state,
    cell,
    basis: (value, asOf) =>
      [
        name(value.kpi),
        periodLabel(periodName(value.period), language),
        cell(value.dimension),
        value.value === null ? reason(value.reason) : full(value.kpi, value.unit, value.value),
        state(value.state),
        t('kit.rule', { version: value.ruleVersion }),
        t('kit.sample', { count: value.sample }),
        ...(asOf === null ? [] : [t('kit.asOf', { time: new Date(asOf).toLocaleString(language, { timeZone, hour12: false }) })]),
      ]
        .filter((part) => part !== '')
        .join(' · '),
  };
}
