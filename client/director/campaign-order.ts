/** Rows that change in place: the order stays as it was sorted, and what differs from then is known. Pure. */
import type { CampaignPage, CampaignRow } from '../../shared/kpi/campaigns.ts';

export interface CampaignList {
  readonly head: Omit<CampaignPage, 'rows' | 'next'>;
  readonly rows: readonly CampaignRow[];
}

export const nothing: ReadonlySet<string> = new Set();

/** A newer list in the order of the sorted one, and which campaigns have changed since then. */
export interface Shown {
  readonly list: CampaignList;
  readonly changed: ReadonlySet<string>;
}

/** Of the order that rows were sorted in: where each stood. It is made once for all readings of ten thousand rows. */
const placesOf = new WeakMap<CampaignList, ReadonlyMap<string, number>>();

function placesIn(sorted: CampaignList): ReadonlyMap<string, number> {
  const known = placesOf.get(sorted);
  if (known !== undefined) return known;
  const places = new Map(sorted.rows.map(({ campaignId }, i) => [campaignId, i]));
  placesOf.set(sorted, places);
  return places;
}

/** Puts a newer list in the order of the sorted one page by page, as the pages come, so that nothing is left to do for all rows at the end. */
export interface Taking {
  readonly sorted: CampaignList;
  readonly add: (rows: readonly CampaignRow[]) => void;
  readonly shown: (head: CampaignList['head']) => Shown;
}

export function takingIn(sorted: CampaignList): Taking {
  const places = placesIn(sorted);
  const placed = new Array<CampaignRow | undefined>(sorted.rows.length);
  const last: CampaignRow[] = [];
  const changed = new Set<string>();
  return {
    sorted,
    add: (rows) => {
      for (const row of rows) {
        const at = places.get(row.campaignId);
        const old = at === undefined ? undefined : sorted.rows[at];
        if (at === undefined) last.push(row);
        else placed[at] = row;
        if (old !== row && (old === undefined || shownFigures.some((name) => old[name] !== row[name]))) changed.add(row.campaignId);
      }
    },
    // What is gone leaves no place free.
    shown: (head) => ({ list: { head, rows: [...placed.filter((row) => row !== undefined), ...last] }, changed }),
  };
}

export function shownFrom(newer: CampaignList, sorted: CampaignList): Shown {
  if (newer === sorted) return { list: newer, changed: nothing };
  const taking = takingIn(sorted);
  taking.add(newer.rows);
  return taking.shown(newer.head);
}

const shownFigures = ['spend', 'net_sales', 'margin', 'roi', 'roas', 'phase', 'reads'] as const;
