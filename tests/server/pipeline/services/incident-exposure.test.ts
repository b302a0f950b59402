/** Money on fire: live campaigns that push the product of a story. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCampaignService } from '../../../../server/pipeline/services/campaigns.ts';
import { createExposure } from '../../../../server/pipeline/services/incident-exposure.ts';
import { event, openLine, type Line } from '../../../helpers/line.ts';

const NOW = '2026-11-23T14:00:00+08:00';
let line: Line;

const plan = (campaignId: string, skus: readonly string[], days: readonly [string, string], budget: number) =>
  event('campaign.planned', '2026-10-20T10:00:00+08:00', {
    ...{ campaignId, version: 1, name: `活动 ${campaignId}`, owner: '苏棠', kind: 'theme' as const, channels: ['天猫'], skus: [...skus] },
    ...{ budget, targets: {} },
    phases: { warmup: { from: days[0], to: days[0] }, burst: { from: days[0], to: days[1] }, review: { from: days[1], to: days[1] } },
  });
const spend = (entryId: string, campaignId: string, amount: number, time: string) =>
  event('campaign.spend', time, { entryId, version: 1, campaignId, channel: '天猫', kind: 'media', line: 'online', amount });
const order = (orderId: string, campaignId: string, amount: number, time: string) =>
  event('sales.order.paid', time, {
    ...{ orderId, version: 1, buyerId: `b-${orderId}`, channel: '天猫', region: '华东', campaignId },
    lines: [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount }],
  });
const mention = (mentionId: string, sku: string | undefined) =>
  event('sentiment.mention', '2026-11-23T13:00:00+08:00', {
    ...{ mentionId, version: 1, platform: '微博', brand: '山澜', text: `${mentionId} 漏水`, label: 'negative', storyId: mentionId },
    ...{ detectedAt: '2026-11-23T13:30:00+08:00', reach: 900_000, followers: 900_000 },
    ...(sku !== undefined && { sku }),
  });

beforeAll(async () => {
  line = await openLine({ now: NOW });
  const brands = { own: ['山澜'], tracked: [] };
  await line.store.write((tx) => tx.putPolicy('brands', { value: brands, owner: 'o', reason: 'r', effectiveFrom: 0, setAt: 0 }));
  await line.ingest([
    plan('C-1', ['X5', 'X7'], ['2026-11-20', '2026-11-29'], 144_000_000),
    plan('C-2', ['X5'], ['2026-11-20', '2026-11-29'], 14_400_000),
    plan('C-3', ['X9'], ['2026-11-20', '2026-11-29'], 14_400_000),
    plan('C-4', ['X5'], ['2026-10-20', '2026-10-29'], 14_400_000),
    spend('e-1', 'C-1', 1_440_000, '2026-11-23T00:00:00+08:00'),
    spend('e-2', 'C-1', 9_999_999, '2026-11-20T00:00:00+08:00'),
    order('o-1', 'C-1', 50_000, '2026-11-23T10:00:00+08:00'),
    mention('leak', 'X5'),
    mention('rude', undefined),
  ]);
});
afterAll(() => line.close());

describe('the exposure of a story', () => {
  const ask = async (title: string) => {
    const { store, commit, calendar, clock, ledger } = line;
    const campaigns = createCampaignService({ reads: store.reads, ledger, commit, calendar, clock });
    const { rows } = await store.reads.incidents({ open: true, limit: 10, after: null });
    const story = rows.find((row) => row.title.startsWith(title));
    return { story, exposure: await createExposure({ reads: store.reads, campaigns, calendar, clock })(story?.id ?? '') };
  };

  it('names live campaigns of the product, what they spend a minute and by what that is known', async () => {
    const { story, exposure } = await ask('leak');
    expect(story?.product).toBe('X5');
    expect(exposure?.campaigns.map(({ campaignId, perMinute, basis }) => [campaignId, perMinute, basis])).toEqual([
      ['C-1', 1_000, 'spend'],
      ['C-2', 1_000, 'budget'],
    ]);
    expect(exposure?.perMinute).toBe(2_000);
    expect(exposure?.revenueAtRisk).toBe(50_000);
    const left = (exposure?.dueAt ?? 0) - line.clock.now();
    expect(left).toBeGreaterThan(0);
    expect(exposure?.untilDeadline).toBe(Math.round((2_000 * left) / 60_000));
  });

  it('is empty where the mentions name no product, and unknown for no story', async () => {
    const { exposure } = await ask('rude');
    expect(exposure).toMatchObject({ sku: null, campaigns: [], perMinute: null });
    expect((await ask('nothing')).exposure).toBeUndefined();
  });
});
