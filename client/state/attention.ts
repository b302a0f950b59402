/**
 * Chooses what is marked amber. A wall on which everything is marked says nothing, so at most the five worst figures are
 * marked at a time: the month and the sentiment first, then what has the most money at stake. What is small
 * against the day, rests on few orders, or is held against a plan that is only spread evenly is not marked.
 * The headline claims its own place, and what the head and the strip mark takes its places before these (`amber.tsx`).
 */
import { SOON_BELOW_MS } from '../../shared/wire/constants.ts';
import { hoursBehind } from './hours-behind.ts';
import { leastAtStake, shortfall } from '../../shared/kpi/shortfall.ts';
import type { CampaignRow, ChannelRow, OverviewState } from '../../shared/wire/views/overview.ts';

export interface Candidate {
  readonly key: string;
  /** Lower ones are marked first, whatever money is at stake. */
  readonly rank: 0 | 1 | 2;
  /** How much it is off its plan, minor units; of the sentiment how far it is below its floor. 0 = within its band. */
  readonly weight: number;
}

/** Spend may be 15 % above or below its plan; sentiment is marked from −0.3 down. */
const SPEND_BAND = 0.15;
const SENTIMENT_FLOOR = -0.3;
/** Without a plan of the day, less money than this share of a campaign's budget is not worth a look. */
const LEAST_OF_BUDGET = 0.02;

/** Money off the plan of spend to now, either way, outside its band. */
function spendOff({ phase, pacing, spend, budget, elapsed }: CampaignRow): number {
  if (phase === 'ended' || pacing === null || spend === null || Math.abs(pacing - 1) <= SPEND_BAND) return 0;
  const off = Math.abs(spend - budget * elapsed);
  return off < budget * LEAST_OF_BUDGET ? 0 : off;
}

/** The key of a channel by its name; the row of all other channels has no name. */
export function channelKey(row: Pick<ChannelRow, 'channel' | 'others'>): string {
  return row.others > 0 ? 'rest' : `channel:${row.channel ?? ''}`;
}

/** How far the headline is below its plan, minor units; 0 = within its band. */
export function headlineOff(today: OverviewState['today'] | undefined): number {
  if (today === undefined) return 0;
  const off = shortfall(today);
  return off < leastAtStake(today.target) ? 0 : off;
}

type Marked = 'today' | 'hours' | 'promises' | 'channels' | 'campaigns' | 'sentiment' | 'month' | 'quarter';

/** A group that has not come yet marks nothing. */
export function candidates(
  view: { readonly [G in Marked]?: OverviewState[G] | undefined },
  /** UTC ms. */
  now: number,
): readonly Candidate[] {
  const { today, hours, promises, month, quarter, channels = [], campaigns, sentiment } = view;
  const least = leastAtStake(today?.target ?? null);
  const money = (key: string, rank: 0 | 1, off: number): Candidate => ({ key, rank, weight: off < least ? 0 : off });
  return [
    ...(hours && hours.curve !== 'even'
      ? [
          money(
            'hours',
            1,
            hoursBehind(hours).reduce((sum, hour) => sum + hour.plan - hour.amount, 0),
          ),
        ]
      : []),
    ...(month ? [money('month', 0, shortfall(month))] : []),
    ...(quarter ? [money('quarter', 1, shortfall(quarter))] : []),
    ...channels.map((row) => money(channelKey(row), 1, shortfall(row))),
    ...(campaigns?.rows ?? []).flatMap((row) => [
      money(`lost:${row.campaignId}`, 1, row.lost ?? 0),
      money(`campaign:${row.campaignId}`, 1, spendOff(row)),
    ]),
    ...(promises?.rows ?? []).map(({ id, state, dueAt }): Candidate => ({
      key: `promise:${id}`,
      rank: 2,
      weight: state === 'open' && dueAt - now < SOON_BELOW_MS ? 1 : 0,
    })),
    {
      key: 'sentiment',
      rank: 0,
      weight: typeof sentiment?.lastHour.value === 'number' ? Math.max(0, SENTIMENT_FLOOR - sentiment.lastHour.value) : 0,
    },
    {
      key: 'spike',
      rank: 0,
      weight: Math.max(0, ...(sentiment?.spikes ?? []).map(({ negative }) => negative)),
    },
  ];
}

/** The keys of the figures to mark, at most so many. */
export function worst(of: readonly Candidate[], most: number): ReadonlySet<string> {
  const ranked = of.filter((c) => c.weight > 1e-9).toSorted((a, b) => a.rank - b.rank || b.weight - a.weight || (a.key < b.key ? -1 : 1));
  return new Set(ranked.slice(0, most).map((c) => c.key));
}
