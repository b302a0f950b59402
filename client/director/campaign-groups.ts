/** Rows of the table: campaigns, put together under a line for each group where somebody asked for it. Pure. */
import { groupOf, type CampaignGrouping } from '../../shared/kpi/campaign-choices.ts';
import type { CampaignGroup, CampaignRow } from '../../shared/kpi/campaigns.ts';
import type { CampaignList } from './campaign-order.ts';
import { campaignPhases } from './campaign-phases.ts';

export interface GroupLine {
  readonly group: CampaignGroup;
}
export type TableLine = CampaignRow | GroupLine;

export const isGroup = (line: TableLine): line is GroupLine => 'group' in line;
export const lineKey = (line: TableLine): string => (isGroup(line) ? `group ${line.group.key}` : line.campaignId);

/**
 * Groups in the order of their names, phases in the order of time, what no plan says last: an order that no figure changes.
 * @param folded keys of groups whose campaigns are not shown
 */
export function linesOf(list: CampaignList, by: CampaignGrouping | null, folded: ReadonlySet<string>): readonly TableLine[] {
  if (by === null || list.head.groups.length === 0) return list.rows;
  const inTime = (key: string): number => campaignPhases.findIndex((phase) => phase === key);
  const place = (key: string): string => (key === '' ? '2' : by === 'phase' ? `0${inTime(key)}` : `1${key}`);
  const members = new Map<string, CampaignRow[]>();
  for (const row of list.rows) {
    const key = groupOf(row, by);
    const others = members.get(key);
    if (others) others.push(row);
    else members.set(key, [row]);
  }
  return [...list.head.groups]
    .sort((a, b) => (place(a.key) < place(b.key) ? -1 : 1))
    .flatMap((group): TableLine[] => [{ group }, ...(folded.has(group.key) ? [] : (members.get(group.key) ?? []))]);
}
