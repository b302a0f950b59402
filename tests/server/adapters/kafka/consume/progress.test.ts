import { describe, expect, it } from 'vitest';
import { Progress } from '../../../../../server/adapters/kafka/consume/progress.ts';

describe('progress alarm [I14]', () => {
  const minute = 60_000;
  /** Ends of a log without open transactions. */
  const to = (end: number) => ({ high: end, readable: end });

  it('names a partition with lag and no progress for longer than allowed', () => {
    const progress = new Progress(minute, 0);
    progress.begin('sales/0', 10, to(15), 0);
    progress.begin('leads/0', 3, to(3), 0);
    progress.life(minute + 1);
    expect(progress.stalled(minute)).toBeNull();
    expect(progress.stalled(minute + 1)).toBe('partition sales/0 has 5 records waiting and made no progress for 60 s');
  });

  it('counts from the first waiting record, not from the last one taken', () => {
    const progress = new Progress(minute, 0);
    progress.begin('sales/0', 5, to(5), 0);
    progress.endAt('sales/0', to(5), 10 * minute);
    progress.endAt('sales/0', to(6), 10 * minute + 1);
    progress.life(11 * minute);
    expect(progress.stalled(11 * minute)).toBeNull();
    expect(progress.stalled(11 * minute + 2)).toContain('1 records waiting');
  });

  it('excuses what stands still on purpose, and starts anew afterwards', () => {
    const progress = new Progress(minute, 0);
    progress.begin('sales/0', 0, to(9), 0);
    progress.excuse('sales/0', true, 1);
    progress.life(5 * minute);
    expect(progress.stalled(5 * minute)).toBeNull();
    progress.excuse('sales/0', false, 5 * minute);
    progress.life(6 * minute + 1);
    expect(progress.stalled(6 * minute)).toBeNull();
    expect(progress.stalled(6 * minute + 1)).toContain('sales/0');
  });

  it('notices a consumer that neither fetches nor sends heartbeats, even without lag', () => {
    const progress = new Progress(minute, 0);
    progress.begin('sales/0', 0, to(0), 0);
    progress.life(1_000);
    expect(progress.stalled(minute + 1_000)).toBeNull();
    expect(progress.stalled(minute + 1_001)).toContain('neither fetched nor sent a heartbeat');
  });

  it('does not take learning one’s place anew for progress', () => {
    const progress = new Progress(minute, 0);
    progress.begin('sales/0', 4, to(9), 0);
    progress.begin('sales/0', 4, to(9), minute);
    progress.life(minute + 1);
    expect(progress.stalled(minute + 1)).toContain('5 records waiting');
    progress.begin('sales/0', 5, to(9), minute + 1);
    expect(progress.stalled(minute + 2)).toBeNull();
  });

  it('counts what an open transaction holds back as lag, and blames nobody for it', () => {
    const progress = new Progress(minute, 0);
    progress.begin('sales/0', 4, { high: 9, readable: 4 }, 0);
    progress.life(10 * minute);
    expect(progress.lag()).toBe(5);
    expect(progress.stalled(10 * minute)).toBeNull();
    progress.endAt('sales/0', to(9), 10 * minute);
    progress.life(11 * minute + 1);
    expect(progress.stalled(11 * minute)).toBeNull();
    expect(progress.stalled(11 * minute + 1)).toContain('5 records waiting');
  });

  it('adds up lag over partitions, and knows none before it has any', () => {
    const progress = new Progress(minute, 0);
    expect(progress.lag()).toBeNull();
    progress.begin('a/0', 0, to(10), 0);
    progress.begin('a/1', 5, to(7), 0);
    progress.moved('a/0', 4, 1);
    expect(progress.lag()).toBe(8);
  });
});

describe('[S3] when a topic was last read to its end', () => {
  const to = (end: number, readable = end) => ({ high: end, readable });

  it('is when the end was looked at, as soon as everything up to there is stored', () => {
    const progress = new Progress(60_000, 0);
    expect(progress.reachedEnd('marketing.sales')).toBeNull();
    progress.begin('marketing.sales/0', 5, to(9), 100);
    expect(progress.reachedEnd('marketing.sales')).toBeNull();
    progress.moved('marketing.sales/0', 9, 150);
    expect(progress.reachedEnd('marketing.sales')).toBe(100);
    progress.endAt('marketing.sales/0', to(9), 3_000);
    expect(progress.reachedEnd('marketing.sales')).toBe(3_000);
    // Records that keep coming do not hide that the reader follows them.
    progress.endAt('marketing.sales/0', to(12), 6_000);
    progress.endAt('marketing.sales/0', to(20), 9_000);
    progress.moved('marketing.sales/0', 13, 9_500);
    expect(progress.reachedEnd('marketing.sales')).toBe(6_000);
  });

  it('is that of the slowest partition, and outlives the session', () => {
    const progress = new Progress(60_000, 0);
    progress.begin('marketing.sales/0', 5, to(5), 100);
    progress.begin('marketing.sales/10', 0, to(4), 200);
    progress.begin('marketing.leads/0', 0, to(0), 300);
    expect([progress.reachedEnd('marketing.sales'), progress.reachedEnd('marketing.leads')]).toEqual([null, 300]);
    progress.moved('marketing.sales/10', 4, 400);
    expect(progress.reachedEnd('marketing.sales')).toBe(100);
    progress.clear();
    expect(progress.reachedEnd('marketing.sales')).toBe(100);
  });

  it('counts no record of an open transaction as unread', () => {
    const progress = new Progress(60_000, 0);
    progress.begin('marketing.sales/0', 5, to(9, 5), 100);
    expect(progress.reachedEnd('marketing.sales')).toBe(100);
  });
});
