/**
 * Chooses what is marked amber. A wall on which everything is marked says nothing, so at most the five
 * worst figures are marked at a time. Stale streams and running clocks have places of their own and
 * are not counted.
 */
import type { Attainment, ChannelRow, OverviewState } from '../../shared/wire/views/overview.ts';

export interface Candidate {
  readonly key: string;
  /**
   * How far the figure is outside its band, as a share of the plan so that different figures can be compared; 0 = at the
   * edge, larger is worse.
   */
  readonly weight: number;
}

const MOST = 5;
/** The bands: day and periods may be 5 % behind the plan, a channel 15 %, spend 15 % above or below; sentiment is marked from −0.3 down. */
const PACE_FLOOR = 0.95;
const CHANNEL_FLOOR = 0.85;
const SPEND_BAND = 0.15;
const SENTIMENT_FLOOR = -0.3;

const shortfall = (pace: number | null, floor: number): number => (pace === null ? 0 : floor - pace);
const period = (attainment: Attainment): Candidate => ({
  key: attainment.grain,
  weight: shortfall(attainment.pace, PACE_FLOOR),
});

/** The key of a channel by its name; the row of all other channels has no name. */
export function channelKey(row: Pick<ChannelRow, 'channel' | 'others'>): string {
  return row.others > 0 ? 'rest' : `channel:${row.channel ?? ''}`;
}

type Marked = 'today' | 'channels' | 'campaigns' | 'sentiment' | 'month' | 'quarter';

/** A group that has not come yet marks nothing. */
export function candidates(view: { readonly [G in Marked]: OverviewState[G] | undefined }): readonly Candidate[] {
  const { today, month, quarter, channels = [], campaigns = [], sentiment } = view;
  return [
    { key: 'today', weight: shortfall(today?.pace ?? null, PACE_FLOOR) },
    ...(month ? [period(month)] : []),
    ...(quarter ? [period(quarter)] : []),
    ...channels.map((row) => ({
      key: channelKey(row),
      weight: row.planToNow === null || row.planToNow <= 0 || row.net === null ? 0 : shortfall(row.net / row.planToNow, CHANNEL_FLOOR),
    })),
    ...campaigns.map((row) => ({
      key: `campaign:${row.campaignId}`,
      weight: row.pacing === null || row.phase === 'ended' ? 0 : Math.abs(row.pacing - 1) - SPEND_BAND,
    })),
    { key: 'sentiment', weight: typeof sentiment?.lastHour.value === 'number' ? SENTIMENT_FLOOR - sentiment.lastHour.value : 0 },
  ];
}

/** The keys of the figures to mark. */
export function worst(of: readonly Candidate[]): ReadonlySet<string> {
  const ranked = of.filter((c) => c.weight > 1e-9).toSorted((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1));
  return new Set(ranked.slice(0, MOST).map((c) => c.key));
}
