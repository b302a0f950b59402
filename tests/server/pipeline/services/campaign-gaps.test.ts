/** What the list of campaigns says of spend that came before its campaign. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isRefusal } from '../../../../server/pipeline/ports/refusal.ts';
import { createCampaignService } from '../../../../server/pipeline/services/campaigns.ts';
import { event, openLine, type Line } from '../../../helpers/line.ts';

let line: Line;
beforeAll(async () => {
  line = await openLine({ now: '2026-11-23T14:00:00+08:00' });
});
afterAll(() => line.close());

const plan = (campaignId: string, first: number) =>
  event('campaign.planned', '2026-10-20T10:00:00+08:00', {
    ...{ campaignId, version: 1, name: campaignId, owner: '苏棠', kind: 'theme', channels: ['天猫'], budget: 100_000, targets: {} },
    phases: {
      warmup: { from: `2026-11-${first}`, to: `2026-11-${first + 1}` },
      burst: { from: `2026-11-${first + 2}`, to: `2026-11-${first + 5}` },
      review: { from: `2026-11-${first + 6}`, to: `2026-11-${first + 6}` },
    },
  });
const spend = (entryId: string, campaignId: string, amount: number, day: number) =>
  event('campaign.spend', `2026-11-${day}T10:00:00+08:00`, {
    ...{ entryId, version: 1, campaignId, channel: '天猫', kind: 'media', line: 'online', amount },
  });

it('a campaign that runs or is over says that it spent before it began, with its figures as they are', async () => {
  const { reads } = line.store;
  const campaigns = createCampaignService({ ...line, reads });
  await line.ingest([
    ...[plan('early', 20), spend('e1', 'early', 2_000, 19), spend('e2', 'early', 3_000, 21)],
    ...[plan('over', 10), spend('o1', 'over', 500, 14), spend('o2', 'over', 400, 11)],
    ...[plan('was-early', 12), spend('w1', 'was-early', 700, 11), spend('w2', 'was-early', 700, 15)],
  ]);
  const gaps = async () => {
    const page = await campaigns.list({
      ...{ grain: null, period: null, basis: 'cash' as const, limit: 200, after: null },
      sort: '-spend',
      filter: {},
    });
    if (isRefusal(page)) throw new Error(page.detail);
    return page.rows.map(({ campaignId, spend: spent, gaps: of }) => [campaignId, spent, of.includes('spend_before_start')]);
  };
  expect(await gaps()).toEqual([
    ['early', 5_000, true],
    ['was-early', 1_400, true],
    ['over', 900, false],
  ]);
  // The entry was booked on the wrong day, and is corrected.
  const entry = {
    entryId: 'w1',
    version: 2,
    campaignId: 'was-early',
    channel: '天猫',
    kind: 'media',
    line: 'online',
    amount: 700,
  } as const;
  await line.ingest([event('campaign.spend', '2026-11-13T10:00:00+08:00', entry)]);
  expect(await gaps()).toContainEqual(['was-early', 1_400, false]);
});
