import { describe, expect, it } from 'vitest';
import type { Fact, FactVersion } from '../../../../server/domain/facts.ts';
import { chooseCampaigns, pacing, type CampaignStanding } from '../../../../server/domain/projection/campaign-choice.ts';
import { joinCampaigns, type CampaignKnown } from '../../../../server/domain/projection/campaign-facts.ts';
import { campaignProgress } from '../../../../server/domain/projection/campaign-progress.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { campaignPlanned } from '../../../../shared/events/campaign-planned.ts';

const calendar = createCalendar('Asia/Shanghai');
const at = (text: string) => Date.parse(`${text}+08:00`);

const stamp = (when: string, version = 1) => ({ version, occurredAt: at(when), receivedAt: at(when), body: '' });
type Plan = FactVersion<'campaign.planned'>;
const plan = (more: Partial<Plan['data']> = {}, version = 1): Plan => ({
  ...stamp('2026-09-01T00:00:00', version),
  type: 'campaign.planned',
  data: { ...campaignPlanned.example, ...more },
});
const known = (more: Partial<CampaignKnown> = {}): CampaignKnown => ({ plan: plan(), phase: undefined, ended: undefined, ...more });
const phase = (name: 'warmup' | 'burst' | 'review', when: string): FactVersion<'campaign.phase'> => ({
  ...stamp(when),
  type: 'campaign.phase',
  data: { campaignId: 'C-1111', version: 1, phase: name },
});
const shown = (campaign: CampaignKnown, when: string) => {
  const p = campaignProgress(campaign, calendar, at(when));
  return [p.phase, p.phaseDay, p.phaseDays];
};

describe('campaign phases', () => {
  it.each([
    ['2026-10-23T23:59:59', ['before', null, null]],
    ['2026-10-24T00:00:00', ['warmup', 1, 8]],
    ['2026-10-31T23:59:59', ['warmup', 8, 8]],
    ['2026-11-01T00:00:00', ['burst', 1, 11]],
    ['2026-11-12T00:00:00', ['review', 1, 3]],
    ['2026-11-14T23:59:59', ['review', 3, 3]],
    ['2026-11-15T00:00:00', ['ended', null, null]],
  ])('follow the plan: %s', (when, want) => {
    expect(shown(known(), when)).toEqual(want);
  });

  it('move with `campaign.phase`, and the plan goes on from there', () => {
    const early = known({ phase: phase('burst', '2026-10-29T10:00:00') });
    expect(shown(early, '2026-10-29T09:59:59')).toEqual(['warmup', 6, 8]);
    expect(shown(early, '2026-10-29T10:00:00')).toEqual(['burst', 1, 14]);
    expect(shown(early, '2026-11-11T10:00:00')).toEqual(['burst', 14, 14]);
    expect(shown(early, '2026-11-12T10:00:00')).toEqual(['review', 1, 3]);
    const late = known({ phase: phase('warmup', '2026-11-02T10:00:00') });
    expect(shown(late, '2026-11-03T10:00:00')).toEqual(['warmup', 2, 8]);
  });

  it('are over with `campaign.ended`', () => {
    const ended = known({
      ended: { ...stamp('2026-11-05T12:00:00'), type: 'campaign.ended', data: { campaignId: 'C-1111', version: 1 } },
    });
    expect(shown(ended, '2026-11-05T11:00:00')[0]).toBe('burst');
    expect(shown(ended, '2026-11-05T12:00:00')).toEqual(['ended', null, null]);
  });

  it('elapse continuously over warm-up and burst, a gap between them not counted', () => {
    const elapsed = (campaign: CampaignKnown, when: string) => campaignProgress(campaign, calendar, at(when)).elapsed;
    expect(elapsed(known(), '2026-10-24T00:00:00')).toBe(0);
    expect(elapsed(known(), '2026-11-02T12:00:00')).toBeCloseTo(9.5 / 19, 12);
    expect(elapsed(known(), '2026-11-12T00:00:00')).toBe(1);
    const gap = plan({
      phases: {
        warmup: { from: '2026-10-01', to: '2026-10-04' },
        burst: { from: '2026-10-11', to: '2026-10-14' },
        review: { from: '2026-10-15', to: '2026-10-16' },
      },
    });
    expect(elapsed(known({ plan: gap }), '2026-10-06T00:00:00')).toBeCloseTo(0.5, 12);
    expect(shown(known({ plan: gap }), '2026-10-08T00:00:00')).toEqual(['warmup', null, null]);
  });
});

describe('[KP10] campaigns over sources', () => {
  const fact = (source: string, v: FactVersion): Fact => ({ kind: 'campaign', key: `${source} x`, source, versions: [v] });
  const named = (source: string, version: number, name: string) => fact(source, plan({ name }, version));
  it('take the highest version, and of equal ones the smaller source', () => {
    const name = (...facts: Fact[]) => joinCampaigns(facts, [], [])[0]?.plan.data.name;
    expect(name(named('/a', 1, 'old'), named('/b', 2, 'new'))).toBe('new');
    expect(name(named('/b', 2, 'b'), named('/a', 2, 'a'))).toBe('a');
    expect(name(named('/a', 2, 'a'), named('/b', 2, 'b'))).toBe('a');
  });
  it('are not shown without a plan', () => {
    expect(joinCampaigns([], [fact('/a', phase('burst', '2026-11-01T00:00:00'))], [])).toEqual([]);
  });
});

describe('[K23] pacing', () => {
  it('is spend ÷ (budget × elapsed share)', () => {
    expect(pacing(12_000_000, 30_400_000, 10 / 30)).toBeCloseTo(1.184, 3);
    expect(pacing(5, 100, 0)).toBeNull();
    expect(pacing(5, 0, 0.5)).toBeNull();
  });
});

describe('[KP11] the four campaigns of the wall', () => {
  const standing = (
    campaignId: string,
    name: CampaignStanding['progress']['phase'],
    pace: number | null,
    day: number,
    spend = pace === null ? 0 : 0.5 * pace * 1_000_000,
    lost: number | null = null,
  ): CampaignStanding => ({
    known: known({ plan: plan({ campaignId, budget: 1_000_000 }) }),
    progress: { phase: name, phaseDay: 1, phaseDays: 9, startsOn: day, burstEnds: day, elapsed: 0.5 },
    spend,
    pacing: pace,
    ...{ roi: null, maturity: null, lost },
  });
  const chosen = (...all: CampaignStanding[]) => chooseCampaigns(all, 4).map((c) => c.known.plan.data.campaignId);
  it('are those that lose money, then those out of band, then in review, then live, then next to start; never ended ones', () => {
    expect(
      chosen(
        standing('next', 'before', null, 50),
        standing('later', 'before', null, 60),
        standing('ended', 'ended', 3, 1),
        standing('calm', 'burst', 1.1, 10),
        standing('review', 'review', 1.4, 5),
        standing('fast', 'warmup', 1.2, 9),
        standing('slow', 'burst', 0.5, 20),
      ),
    ).toEqual(['slow', 'fast', 'review', 'calm']);
    expect(
      chosen(standing('slow', 'burst', 0.5, 20), standing('some', 'burst', 1, 9, 1, 10), standing('most', 'review', 1, 9, 1, 20)),
    ).toEqual(['most', 'some', 'slow']);
    // By money, not by share: a pace of 1,736 on a budget nearly all to come is no matter.
    expect(chosen(standing('tiny', 'warmup', 1_736, 9, 500_900), standing('fast', 'burst', 1.2, 9))).toEqual(['fast', 'tiny']);
    expect(chosen(standing('later', 'before', null, 60), standing('next', 'before', null, 50))).toEqual(['next', 'later']);
  });
});
