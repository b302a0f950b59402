import { describe, expect, it } from 'vitest';
import { gapsOf, overlapping, type CampaignFacts } from '../../../../server/domain/campaigns/gaps.ts';

const whole: CampaignFacts = {
  ...{ planned: true, budget: 100, spend: 10, orders: 3, coverage: 1, startsOn: 5, endedOn: null, firstSpendOn: 6 },
  ...{ overlaps: false, begun: true },
};

describe('what a campaign lacks', () => {
  it('is nothing where all is known', () => expect(gapsOf(whole)).toEqual([]));
  it.each([
    [{ planned: false, budget: null, startsOn: null }, ['no_plan']],
    [{ budget: 0 }, ['no_budget']],
    [{ spend: 0 }, ['no_spend']],
    [{ spend: 0, orders: 0, begun: false }, []],
    [{ orders: 0, coverage: null }, ['no_sales']],
    [{ coverage: 0.4 }, ['no_cost']],
    [{ firstSpendOn: 4 }, ['spend_before_start']],
    [{ endedOn: 4 }, ['ended_before_start']],
    [{ overlaps: true }, ['overlaps']],
  ])('%j: %j', (more, gaps) => expect(gapsOf({ ...whole, ...more })).toEqual(gaps));
});

describe('overlapping windows', () => {
  const window = (id: string, from: number, to: number, ...channels: string[]) => ({ id, from, to, channels });
  it('share days and a channel', () => {
    const found = overlapping([
      window('a', 0, 10, '天猫'),
      window('b', 9, 12, '天猫', '京东'),
      window('c', 12, 14, '京东'),
      window('d', 0, 99, '抖音'),
    ]);
    expect([...found].sort()).toEqual(['a', 'b']);
  });
  it('are found behind a long one too', () => {
    expect([...overlapping([window('long', 0, 100, 'x'), window('b', 1, 2, 'x'), window('c', 50, 51, 'x')])].sort()).toEqual([
      'b',
      'c',
      'long',
    ]);
  });
  it('one that names a channel twice does not overlap itself', () => {
    expect(overlapping([window('a', 0, 10, 'x', 'x')]).size).toBe(0);
  });
});
