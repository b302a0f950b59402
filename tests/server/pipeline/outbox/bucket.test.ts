import { expect, it } from 'vitest';
import { bucketSize, clearsInMinute, createBucket } from '../../../../server/pipeline/outbox/bucket.ts';
import type { ChannelQuota } from '../../../../server/pipeline/ports/channels.ts';

const quotas: readonly ChannelQuota[] = [
  { perMinute: 20 },
  { perMinute: 60, perSecond: 1 },
  { perMinute: 100, perSecond: 5 },
  { perMinute: 600, perSecond: 20 },
  { perMinute: 1 },
];

it.each(quotas)('[N4] a bucket for %o never allows more than the quota in any window, and uses most of it', (quota) => {
  const size = bucketSize(quota);
  const bucket = createBucket(size, 0, false);
  const times: number[] = [];
  for (let now = 0; now < 300_000; now += 50) {
    const free = bucket.at(now);
    bucket.spend(now, free);
    for (let i = 0; i < free; i++) times.push(now);
  }
  const most = (ms: number): number => Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + ms).length));
  expect(most(60_000)).toBeLessThanOrEqual(quota.perMinute);
  if (quota.perSecond !== undefined) expect(most(1_000)).toBeLessThanOrEqual(quota.perSecond);
  expect(clearsInMinute(size)).toBeGreaterThanOrEqual(Math.floor(0.7 * quota.perMinute));
});

it('[N4] begins without tokens where something may have been sent before', () => {
  const bucket = createBucket(bucketSize({ perMinute: 20 }), 1_000, true);
  expect(bucket.at(1_000)).toBe(0);
  const wait = bucket.waitMs(1_000);
  expect(bucket.at(1_000 + wait - 1)).toBe(0);
  expect(bucket.at(1_000 + wait)).toBe(1);
});
