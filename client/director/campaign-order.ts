/** Rows that change in place: the order stays as it was sorted, and what differs from then is known. Pure. */
import type { CampaignPage, CampaignRow } from '../../shared/kpi/campaigns.ts';

export interface CampaignList {
  readonly head: Omit<CampaignPage, 'rows' | 'next'>;
  readonly rows: readonly CampaignRow[];
}

export const nothing: ReadonlySet<string> = new Set();

/** The newer rows in the order of the sorted ones; new campaigns come last. */
export function inOrderOf(newer: CampaignList, sorted: CampaignList): CampaignList {
  if (newer === sorted) return newer;
  const place = new Map(sorted.rows.map(({ campaignId }, i) => [campaignId, i]));
  const placed = new Array<CampaignRow | undefined>(sorted.rows.length);
  const last: CampaignRow[] = [];
  for (const row of newer.rows) {
    const at = place.get(row.campaignId);
    if (at === undefined) last.push(row);
    else placed[at] = row;
  }
  return { head: newer.head, rows: [...placed.filter((row) => row !== undefined), ...last] };
}

export function changedBetween(sorted: CampaignList, newer: CampaignList): ReadonlySet<string> {
  if (newer === sorted) return nothing;
  const before = new Map(sorted.rows.map((row) => [row.campaignId, row]));
  const differs = (row: CampaignRow): boolean => {
    const old = before.get(row.campaignId);
    return old !== row && (old === undefined || shownFigures.some((name) => old[name] !== row[name]));
  };
  return new Set(newer.rows.filter(differs).map(({ campaignId }) => campaignId));
}

const shownFigures = ['spend', 'net_sales', 'margin', 'roi', 'roas', 'phase', 'reads'] as const;
