import { describe, expect, it } from 'vitest';
import { candidates, headlineOff, worst } from '../../../client/state/attention.ts';
import { urgencyAt } from '../../../client/state/urgency.ts';
import type { ChannelRow, OverviewState } from '../../../shared/wire/views/overview.ts';
import { fixtureNow } from '../../helpers/fixture-now.ts';
import { scenarios, usualDay } from '../../helpers/overview-fixture.ts';

describe('what is marked amber', () => {
  const marked = (view: OverviewState) => [...worst(candidates(view, fixtureNow), 5)];
  const wan = (amount: number) => amount * 1_000_000;
  const none: OverviewState['campaigns'] = { rows: [], total: 0 };
  const { promises } = scenarios.empty;
  const only = (rows: OverviewState['campaigns']['rows']): OverviewState['campaigns'] => ({ rows, total: rows.length });
  const row = (channel: string, net: number, planToNow: number, more: Partial<ChannelRow> = {}): ChannelRow => ({
    ...{ channel, net: wan(net), planToNow: wan(planToNow), pace: net / planToNow, curve: 'learnt', others: 0 },
    ...more,
  });
  it('is what lies outside its band: the headline for itself, the month and the sentiment first, then by money at stake', () => {
    expect(headlineOff(usualDay.today)).toBeGreaterThan(0);
    expect(headlineOff({ ...usualDay.today, pace: 1 })).toBe(0);
    expect(headlineOff({ ...usualDay.today, curve: 'even' })).toBe(0);
    expect(marked(usualDay)).toEqual(['sentiment', 'lost:C-1', 'campaign:C-2', 'channel:京东', 'promise:p-1']);
  });
  it('of channels those with the most money short, not those with the lowest share', () => {
    const channels = [row('天猫', 80, 89.5), row('小程序', 4, 6.3), row('京东', 30, 31)];
    expect(marked({ ...usualDay, campaigns: none, channels, promises })).toEqual(['sentiment', 'channel:天猫', 'channel:小程序']);
  });
  it('is never more than five things, however bad the day', () => {
    const bad = {
      ...usualDay,
      channels: usualDay.channels.map((channel, i) => ({ ...channel, net: i, pace: 0 })),
      campaigns: only(
        usualDay.campaigns.rows.map((campaign) => ({ ...campaign, pacing: 3, spend: campaign.budget * campaign.elapsed * 3 })),
      ),
    };
    expect(worst(candidates(bad, fixtureNow), 5).size).toBe(5);
    // Where the head and the strip have taken places, fewer are left.
    expect(worst(candidates(bad, fixtureNow), 2).size).toBe(2);
  });
  it('is nothing that is small against the day, or of which too little is known yet', () => {
    const calm = {
      ...usualDay,
      campaigns: none,
      promises,
      today: { ...usualDay.today, pace: 1 },
      sentiment: { ...usualDay.sentiment, lastHour: usualDay.sentiment.lastDay },
    };
    expect(marked({ ...calm, channels: [row('门店', 0, 0.000139 * 100)] })).toEqual([]);
    expect(marked({ ...calm, channels: [row('天猫', 10, 30, { pace: null })] })).toEqual([]);
    expect(marked({ ...calm, channels: [row('天猫', 10, 30)] })).toEqual(['channel:天猫']);
  });
  it('is nothing on a plan that is only spread evenly', () => {
    const even = <T extends object>(held: T) => ({ ...held, curve: 'even' as const });
    const { today, month, quarter, channels } = usualDay;
    const view = {
      ...usualDay,
      promises,
      today: even(today),
      month: even({ ...month, pace: 0.5, net: 1 }),
      quarter: even(quarter),
      channels: channels.map(even),
    };
    expect(marked(view)).toEqual(['sentiment', 'lost:C-1', 'campaign:C-2']);
  });
  it('is a campaign by the money off its plan, whatever its pace: one of 1,736 that has spent little is none', () => {
    const [one, two] = usualDay.campaigns.rows;
    if (!one || !two) throw new Error('two campaigns');
    const campaigns = [
      { ...one, campaignId: 'tiny', pacing: 1_736, spend: 1_736, budget: wan(80), elapsed: 1 / wan(80) },
      { ...two, campaignId: 'large', pacing: 1.3, spend: wan(52), budget: wan(80), elapsed: 0.5 },
    ];
    expect(marked({ ...usualDay, campaigns: only(campaigns) }).filter((key) => key.startsWith('campaign'))).toEqual(['campaign:large']);
  });
  it('is a promise that is due within the hour or late, after all figures', () => {
    const calm = { ...scenarios.empty, promises: usualDay.promises };
    expect(marked(calm)).toEqual(['promise:p-1']);
    expect([...worst(candidates(calm, fixtureNow + 10 * 3_600_000), 5)]).toHaveLength(4);
  });
  it('is the last hours together where they are far behind their plan', () => {
    const hours = { ...usualDay.hours, net: usualDay.hours.net.map((net, hour) => (hour === 13 ? 0 : net)) };
    expect(marked({ ...scenarios.empty, hours })).toEqual(['hours']);
    expect(marked({ ...scenarios.empty, hours: { ...hours, curve: 'even' } })).toEqual([]);
  });
  it('is nothing where nothing is planned', () => {
    expect(worst(candidates(scenarios.empty, fixtureNow), 5).size).toBe(0);
  });
  it('is not a campaign that has ended', () => {
    const ended = usualDay.campaigns.rows.map((campaign) => ({ ...campaign, pacing: 3, phase: 'ended' as const }));
    expect(marked({ ...usualDay, campaigns: only(ended) }).filter((key) => key.startsWith('campaign'))).toEqual([]);
  });
});

describe('how urgent a clock is', () => {
  const at = (left: number, breachedAt: number | null = null) => urgencyAt({ dueAt: 10_000_000 + left, breachedAt }, 10_000_000);
  it('fire below 15 minutes, soon below 60, calm above', () => {
    expect(at(15 * 60_000)).toBe('soon');
    expect(at(15 * 60_000 - 1)).toBe('fire');
    expect(at(60 * 60_000)).toBe('calm');
    expect(at(60 * 60_000 - 1)).toBe('soon');
  });
  it('is breached when the server says so, and when the deadline passed while the line was cut', () => {
    expect(at(1_000, 9_000_000)).toBe('breached');
    expect(at(0)).toBe('breached');
  });
});
