/** A figure on a desk: short, every digit in its title, and a link to the page of the number. Without a value: a dash with the reason. */
import type { ReactNode } from 'react';
import type { KpiValue } from '../../shared/kpi/types.ts';
import { numberAddress, whereOf } from '../format/kpi.ts';
import { periodName } from '../format/period.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useFigureWords } from './use-figure.ts';
import './figure.css';

export interface FigureProps {
  readonly value: KpiValue;
  /** `plain` has no link, for the page of the number itself. */
  readonly plain?: boolean;
  /** `large` is the one figure that a part of a page is about. */
  readonly size?: 'normal' | 'large';
  /** Shows the reason beside the dash, where there is room; it always stands in the title. */
  readonly sayReason?: boolean;
}

export function Figure({ value, plain = false, size = 'normal', sayReason = false }: FigureProps): ReactNode {
  const { t } = useDeskWords();
  const words = useFigureWords();
  const known = value.value !== null;
  const shown = value.value === null ? { figure: t('kit.none'), unit: '' } : words.parts(value.kpi, value.unit, value.value);
  const title = value.value === null ? words.reason(value.reason) : words.full(value.kpi, value.unit, value.value);
  const inner = (
    <>
      {shown.figure}
      {shown.unit !== '' && <span className="kpi-unit">{shown.unit}</span>}
      {!known && sayReason && <span className="kpi-reason">{words.reason(value.reason)}</span>}
    </>
  );
  const className = `figure kpi-figure ${size === 'large' ? 'kpi-large' : ''} ${known ? '' : 'kpi-none'}`;
  if (plain) {
    return (
      <span className={className} title={title}>
        {inner}
      </span>
    );
  }
  const address = numberAddress({ kpi: value.kpi, period: periodName(value.period), where: whereOf(value.dimension) });
  return (
    <a className={className} href={address} title={title}>
      {inner}
    </a>
  );
}
