import { describe, expect, it } from 'vitest';
import { candidates, worst } from '../../../client/state/attention.ts';
import { urgencyAt } from '../../../client/state/urgency.ts';
import { scenarios, usualDay } from '../../helpers/overview-fixture.ts';

describe('what is marked amber', () => {
  it('is what lies outside its band, the worst first', () => {
    expect([...worst(candidates(usualDay))]).toEqual(['sentiment', 'channel:京东', 'campaign:C-2', 'today']);
  });
  it('is never more than five things, however bad the day', () => {
    const bad = {
      ...usualDay,
      channels: usualDay.channels.map((row, i) => ({ ...row, net: i })),
      campaigns: usualDay.campaigns.map((row) => ({ ...row, pacing: 3 })),
    };
    expect(worst(candidates(bad)).size).toBe(5);
  });
  it('is nothing where nothing is planned', () => {
    expect(worst(candidates(scenarios.empty)).size).toBe(0);
  });
  it('is not a campaign that has ended', () => {
    const ended = usualDay.campaigns.map((row) => ({ ...row, pacing: 3, phase: 'ended' as const }));
    expect([...worst(candidates({ ...usualDay, campaigns: ended }))].filter((key) => key.startsWith('campaign'))).toEqual([]);
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
