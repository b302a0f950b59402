/** Rows of the wall's anomalies, as fixtures show them. */
import type { AnomalyRow } from '../../shared/wire/views/overview.ts';

const since = Date.parse('2026-11-23T13:30:00+08:00');

export const lower = (movedBy: string, ratio: number): readonly AnomalyRow[] => [
  { kpi: 'net_sales', direction: 'below', severity: 'notable', since, ratio, movedBy },
];
export const manyRefunds: readonly AnomalyRow[] = [
  { kpi: 'refunds', direction: 'above', severity: 'severe', since, ratio: 12.34, movedBy: '天猫官方旗舰店第二渠道' },
];
