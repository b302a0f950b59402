/** What a campaign's row lacks, or where its facts look odd. None of it changes a figure: it is said beside them. */
import type { CampaignGap } from '../../../shared/kpi/campaigns.ts';

export interface CampaignFacts {
  readonly planned: boolean;
  readonly budget: number | null;
  readonly spend: number | null;
  readonly orders: number;
  /** Share of the attributed revenue whose cost is known; null without revenue. */
  readonly coverage: number | null;
  /** Business days: first of the plan, and that of the end that was announced; null without. */
  readonly startsOn: number | null;
  readonly endedOn: number | null;
  /** Day of the first spend; null without. */
  readonly firstSpendOn: number | null;
  /** Another campaign's window shares days with this one's, and channels too. */
  readonly overlaps: boolean;
  /** True once its first day has come. */
  readonly begun: boolean;
}

export function gapsOf(facts: CampaignFacts): CampaignGap[] {
  const { planned, budget, spend, orders, coverage, startsOn, endedOn, firstSpendOn, overlaps, begun } = facts;
  const found: [CampaignGap, boolean][] = [
    ['no_plan', !planned],
    ['no_budget', planned && (budget === null || budget === 0)],
    ['no_spend', begun && spend === 0],
    ['no_sales', begun && orders === 0],
    ['no_cost', coverage !== null && coverage < 1],
    ['spend_before_start', startsOn !== null && firstSpendOn !== null && firstSpendOn < startsOn],
    ['ended_before_start', startsOn !== null && endedOn !== null && endedOn < startsOn],
    ['overlaps', overlaps],
  ];
  return found.flatMap(([gap, holds]) => (holds ? [gap] : []));
}

export interface Window {
  readonly id: string;
  /** Half-open range of business days. */
  readonly from: number;
  readonly to: number;
  readonly channels: readonly string[];
}

/** Ids of the windows that share days and a channel with another one. */
export function overlapping(windows: readonly Window[]): ReadonlySet<string> {
  const found = new Set<string>();
  const byChannel = new Map<string, Window[]>();
  for (const window of windows) {
    for (const channel of window.channels) {
      const list = byChannel.get(channel);
      if (list) list.push(window);
      else byChannel.set(channel, [window]);
    }
  }
  for (const list of byChannel.values()) {
    list.sort((a, b) => a.from - b.from);
    let longest: Window | undefined;
    for (const window of list) {
      if (longest && window.from < longest.to && window.id !== longest.id) {
        found.add(window.id);
        found.add(longest.id);
      }
      if (!longest || window.to > longest.to) longest = window;
    }
  }
  return found;
}
