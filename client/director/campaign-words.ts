/** How figures of campaigns are written. Ratios of return always say on which basis they are. */
import { useMemo } from 'react';
import { numberAddress } from '../format/kpi.ts';
import type { MoneyWords } from '../format/money.ts';
import { partPercent, percent, signedPercent } from '../format/scale.ts';
import { useMoney } from '../ui/money.tsx';

export interface CampaignWords {
  readonly money: (minor: number | null) => string;
  readonly fullMoney: (minor: number | null) => string;
  /** +143.4% */
  readonly roi: (ratio: number | null) => string;
  readonly share: (ratio: number | null) => string;
  /** A share that reads 100 % only where it is. */
  readonly part: (ratio: number | null) => string;
  /** 7.11 */
  readonly factor: (ratio: number | null) => string;
}

const NONE = '—';

/** The same object as long as money is written the same: the columns of the table, and with them all its rows, are made of it. */
export function useCampaignWords(): CampaignWords {
  const money = useMoney();
  return useMemo(() => wordsOf(money), [money]);
}

function wordsOf(money: MoneyWords): CampaignWords {
  return {
    money: (minor) => (minor === null ? NONE : money.text(minor)),
    fullMoney: (minor) => (minor === null ? NONE : money.full(minor)),
    roi: (ratio) => (ratio === null ? NONE : `${signedPercent(ratio)}%`),
    share: (ratio) => (ratio === null ? NONE : `${percent(ratio, 0)}%`),
    part: (ratio) => (ratio === null ? NONE : `${partPercent(ratio)}%`),
    factor: (ratio) => (ratio === null ? NONE : ratio.toFixed(2).replace('-', '−')),
  };
}

/** The page of a figure of one campaign. */
export function figureAddress(kpi: string, period: string, campaignId: string): string {
  return numberAddress({ kpi, period, where: [`campaign:${campaignId}`] });
}
