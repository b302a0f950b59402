import { describe, expect, it } from 'vitest';
import { sentenceOf, type SentenceFacts, type SpendingCampaign, type ToldStory } from '../../../../server/domain/projection/sentence.ts';
import type { Grade } from '../../../../shared/incidents/grades.ts';
import { unjudged } from '../../../../shared/incidents/severity.ts';
import type { ChannelRow } from '../../../../shared/wire/views/overview.ts';

const NOW = Date.parse('2026-11-23T14:30:00+08:00');
const MINUTE = 60_000;

const held = { net: 100_000, planToNow: 100_000, pace: 1, curve: 'learnt' } as const;
const behind = (short: number) => ({ ...held, net: 100_000 - short, pace: 1 - short / 100_000 });
const calm: SentenceFacts = {
  now: NOW,
  today: { ...held, period: '2026-11-23', target: 200_000, landing: null },
  month: { ...held, period: '2026-11' },
  quarter: { ...held, period: '2026-Q4' },
  channels: [],
  stories: [],
  campaigns: [],
};
const graded = (grade: Grade): ToldStory['severity'] => ({ ...unjudged, grade });
/** A story whose answer is due in so many minutes; below 0 its deadline has fired. */
function story(
  id: string,
  minutes: number,
  more: Partial<Omit<ToldStory, 'clock'>> & { readonly clock?: 'response' | 'disposal' } = {},
): ToldStory {
  const { clock: name = 'response', ...rest } = more;
  const dueAt = NOW + minutes * MINUTE;
  const state = minutes < 0 ? ({ state: 'fired', firedAt: dueAt } as const) : ({ state: 'armed', firedAt: null } as const);
  return {
    id,
    title: id,
    status: 'open',
    owner: null,
    product: null,
    pause: null,
    drill: false,
    severity: graded('yellow'),
    clock: { name, dueAt, ...state },
    ...rest,
  };
}
const campaign = (campaignId: string, more: Partial<SpendingCampaign> = {}): SpendingCampaign => ({
  ...{ campaignId, name: campaignId, skus: ['X5'], live: true, spends: 10, lost: null },
  ...more,
});
const channel = (name: string | null, short: number): ChannelRow => ({ ...behind(short), channel: name, others: 0 });
const needOf = (facts: Partial<SentenceFacts>) => sentenceOf({ ...calm, ...facts })?.need ?? null;
const told = (...stories: ToldStory[]) => {
  const need = needOf({ stories });
  return need?.kind === 'story' ? need.incidentId : null;
};

describe('[SE1] [SE2] the sentence', () => {
  it('is none where there is nothing to say', () => {
    expect(sentenceOf(calm)).toBeNull();
  });
  it('says where the day lands: above its plan, under it, or about it', () => {
    const landing = (low: number, high: number) => sentenceOf({ ...calm, today: { ...calm.today, landing: { low, high } } })?.landing;
    expect(landing(200_000, 210_000)).toEqual({ low: 200_000, high: 210_000, against: 'above' });
    expect(landing(190_000, 199_999)?.against).toBe('below');
    expect(landing(190_000, 210_000)?.against).toBe('near');
    expect(landing(150_000, 250_000)?.against).toBe('near');
  });
  it('says nothing of a landing that may be far above its plan or far below', () => {
    const landing = (low: number, high: number) => sentenceOf({ ...calm, today: { ...calm.today, landing: { low, high } } });
    expect(landing(149_999, 210_000)).toBeNull();
    expect(landing(190_000, 250_001)).toBeNull();
    expect(landing(210_000, 900_000)?.landing?.against).toBe('above');
    expect(landing(1, 199_999)?.landing?.against).toBe('below');
  });
  it('says nothing of a landing without a plan', () => {
    const today = { ...calm.today, target: null, landing: { low: 1, high: 2 } };
    expect(sentenceOf({ ...calm, today })).toBeNull();
  });
});

describe('[SE3] the one thing that needs somebody', () => {
  const claimed = { status: 'claimed', owner: '林悦' } as const;
  const answered = { status: 'responded', owner: '林悦', clock: 'disposal' } as const;

  it('goes by rank, each before the ones after it', () => {
    const ranks: readonly Partial<SentenceFacts>[] = [
      { stories: [story('fire', 7)] },
      { stories: [story('red', -240, { ...claimed, severity: graded('red') })] },
      { stories: [story('over', -90)] },
      { stories: [story('late', -3, claimed)] },
      { stories: [story('minutes', 14, claimed)] },
      { stories: [story('orange', 40, { severity: graded('orange') })] },
      { stories: [story('unsettled', -3, answered)] },
      { stories: [story('soon', 50, claimed)] },
      { today: { ...calm.today, ...behind(20_000) } },
      { month: { ...calm.month, ...behind(20_000) } },
      { quarter: { ...calm.quarter, ...behind(20_000) } },
      { campaigns: [campaign('C-1', { lost: 5 })] },
    ];
    const expected = ['fire', 'red', 'over', 'late', 'minutes', 'orange', 'unsettled', 'soon', 'day', 'month', 'quarter', 'C-1'];
    ranks.forEach((_, i) => {
      const rest = ranks.slice(i);
      const facts = { ...rest.toReversed().reduce<Partial<SentenceFacts>>((all, one) => ({ ...all, ...one }), {}) };
      const need = needOf({ ...facts, stories: rest.flatMap(({ stories = [] }) => stories) });
      expect(need?.kind === 'story' ? need.incidentId : need?.kind === 'goal' ? need.grain : need?.campaignId).toBe(expected[i]);
    });
  });
  it('is of two the deadline nearest to now, on either side', () => {
    expect(told(story('b', 9), story('a', 4))).toBe('a');
    expect(told(story('old', -5_000), story('just', -2))).toBe('just');
    expect(told(story('2', 9), story('1', 9))).toBe('1');
  });
  it('is of what is late the gravest, of one grade what nobody has claimed', () => {
    const red = { severity: graded('red') };
    expect(told(story('mild', -2), story('grave', -300, { ...claimed, ...red }))).toBe('grave');
    expect(told(story('claimed', -2, { ...claimed, ...red }), story('unclaimed', -300, red))).toBe('unclaimed');
    expect(told(story('mild', -2, answered), story('grave', -300, { ...answered, ...red }))).toBe('grave');
    // With time left the nearer deadline is the one thing, whatever the grade.
    expect(told(story('near', 4), story('grave', 9, red))).toBe('near');
  });
  it('is no story that somebody is on with time left, no drill, none that is closed or paused', () => {
    expect(told(story('x', 61, claimed))).toBeNull();
    expect(told(story('x', 60, claimed))).toBeNull();
    expect(told(story('x', 59, claimed))).toBe('x');
    expect(told(story('x', 110))).toBe('x');
    expect(told(story('x', 30, answered))).toBeNull();
    expect(told(story('x', 5, { drill: true }))).toBeNull();
    expect(told(story('x', 5, { status: 'resolved' }))).toBeNull();
    const pause = { since: NOW, until: NOW + MINUTE, reason: 'r', by: 'a', secondBy: 'b' };
    expect(told(story('x', -5, { ...answered, pause }))).toBeNull();
  });
  it('is a deadline that passed before its firing was recorded, as overdue', () => {
    const clock = { name: 'response', dueAt: NOW - 1, state: 'armed', firedAt: null } as const;
    expect(told({ ...story('x', -1), clock }, story('soon', 30))).toBe('x');
  });
  it('is no plan that is spread evenly, no small change, and names the channel that misses most of it', () => {
    expect(needOf({ today: { ...calm.today, ...behind(20_000), curve: 'even' } })).toBeNull();
    expect(needOf({ today: { ...calm.today, ...behind(4_999) } })).toBeNull();
    const goal = (channels: readonly ChannelRow[]) => needOf({ today: { ...calm.today, ...behind(20_000) }, channels });
    expect(goal([channel('京东', 12_000), channel('天猫', 6_000)])).toMatchObject({
      ...{ kind: 'goal', grain: 'day', period: '2026-11-23', short: 20_000 },
      channel: { channel: '京东', short: 12_000 },
    });
    expect(goal([channel('京东', 9_000), channel('天猫', 9_000)])).toMatchObject({ channel: null });
    expect(goal([channel(null, 19_000)])).toMatchObject({ channel: null });
  });
  it('is of campaigns the one that lost the most', () => {
    const campaigns = [campaign('a'), campaign('b', { lost: 7 }), campaign('c', { lost: 9 })];
    expect(needOf({ campaigns })).toEqual({ kind: 'campaign', campaignId: 'c', name: 'c', lost: 9 });
  });
});

describe('[SE4] the campaign beside a story', () => {
  const beside = (campaigns: readonly SpendingCampaign[], product: string | null = 'X5') => {
    const need = needOf({ stories: [story('s', 7, { product })], campaigns });
    return need?.kind === 'story' ? need.campaign : undefined;
  };
  it('is the live one of the same product that spends the most', () => {
    expect(beside([campaign('a'), campaign('b', { spends: 20 }), campaign('c', { spends: 30, live: false })])).toEqual({
      campaignId: 'b',
      name: 'b',
    });
  });
  it('is none for another product, a story without one, or where nothing is spent', () => {
    expect(beside([campaign('a', { skus: ['Y'] })])).toBeNull();
    expect(beside([campaign('a')], null)).toBeNull();
    expect(beside([campaign('a', { spends: 0 })])).toBeNull();
  });
});
