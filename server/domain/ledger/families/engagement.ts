/** How far campaigns spread, by platform: totals so far, so that the highest version that has happened speaks (R20, R28). */
import type { FactVersion } from '../../facts.ts';
import type { Family } from '../family.ts';
import type { StateRow } from '../timeline.ts';

export const engagement = {
  title: 'Reads, likes and shares of campaigns, totals so far',
  entity: 'versions',
  facts: ['engagement'],
  dims: ['campaign', 'platform'],
  measures: ['reads', 'likes', 'shares'],
  rows({ key, speaking }) {
    return speaking.flatMap((version, i) => {
      const row = rowOf(key, version);
      const next = speaking[i + 1]?.occurredAt;
      if (!row) return [];
      const taken = { ...row, measures: row.measures.map((measure) => 0 - measure) };
      return [{ ...row, since: version.occurredAt }, ...(next === undefined ? [] : [{ ...taken, since: next }])];
    });
  },
} as const satisfies Family<'versions'>;

function rowOf(entity: string, { type, occurredAt: at, data }: FactVersion): StateRow | undefined {
  if (type !== 'campaign.engagement') return undefined;
  const { campaignId, platform, reads, likes, shares } = data;
  return { kind: 'engagement', entity, at, dims: [campaignId, platform], measures: [reads, likes, shares] };
}
