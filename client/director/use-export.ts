/** The rows of the table for a spreadsheet: money in whole units of the currency, ratios as ratios. */
import type { CampaignRow } from '../../shared/kpi/campaigns.ts';
import type { ExportedTable } from '../desk-kit/export-table.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { tooEarly } from './campaign-columns.tsx';
import { useWorkspace } from '../state/screen-context.tsx';

export function useExport(): (rows: readonly CampaignRow[]) => ExportedTable {
  const { t } = useDeskWords();
  const { currencyDigits } = useWorkspace();
  const units = (minor: number | null): number | null => (minor === null ? null : minor / 10 ** currencyDigits);
  return (rows) => ({
    name: t('director.title'),
    columns: [
      t('director.campaign'),
      'ID',
      t('director.owner'),
      t('director.phase'),
      t('director.spendBar'),
      t('director.ofBudget', { value: '' }).trim(),
      t('director.netSales'),
      t('director.netSalesCohort'),
      t('director.marginShort'),
      t('director.roi'),
      t('director.roiRevenue'),
      t('director.roas'),
      t('director.breakEven', { value: '' }).trim(),
      t('director.shareToDate'),
      t('director.shareOfTarget'),
      t('director.shareFinal'),
      t('director.cac'),
      t('director.cpl'),
      t('director.maturity', { value: '' }).trim(),
      t('director.lostTitle'),
    ],
    rows: rows.map((row) => [
      row.name,
      row.campaignId,
      row.owner,
      row.phase === null ? null : t(`director.phases.${row.phase}`),
      units(row.spend),
      units(row.budget),
      ...[row.net_sales, row.net_sales_cohort, row.margin].map((sold) => (tooEarly(row) ? null : units(sold))),
      ...(tooEarly(row) ? [null, null, null, null] : [row.roi, row.roi_revenue, row.roas, row.break_even_roas]),
      row.campaign_share,
      row.campaign_share_of_target,
      row.campaign_share_final,
      units(row.cac),
      units(row.cpl),
      row.maturity,
      units(row.flag?.lost ?? null),
    ]),
  });
}
