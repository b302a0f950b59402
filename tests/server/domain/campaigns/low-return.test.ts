import { describe, expect, it } from 'vitest';
import { lossOf, shortOf, stepToBlame, type CampaignReturn, type Evidence } from '../../../../server/domain/campaigns/low-return.ts';

const campaign = (more: Partial<CampaignReturn> = {}): CampaignReturn => ({
  ...{ spend: 270_000, margin: 187_000, targetRoi: null, budget: 450_000, sells: true, elapsed: 0.48, orders: 120, allSpend: 4_167_000 },
  ...more,
});

describe('the money lost', () => {
  it('is what the spend did not bring back', () => {
    expect(lossOf(campaign())).toBe(83_000);
    expect(lossOf(campaign({ margin: 270_000 }))).toBeNull();
    expect(lossOf(campaign({ margin: -10_000 }))).toBe(280_000);
  });
  it('is held against the return that was planned', () => {
    expect(lossOf(campaign({ margin: 300_000, targetRoi: 0.5 }))).toBe(105_000);
    expect(shortOf({ spend: 3, margin: 0 }, 0.5)).toBe(5);
  });
  it('is not said of a campaign that has hardly spent anything', () => {
    expect(lossOf(campaign({ spend: 0, margin: 0 }))).toBeNull();
    expect(lossOf(campaign({ spend: 30_000, margin: 0 }))).toBeNull();
    expect(lossOf(campaign({ spend: 45_000, margin: 0 }))).toBe(45_000);
    expect(lossOf(campaign({ spend: 45_000, margin: 0, budget: null }))).toBe(45_000);
    expect(lossOf(campaign({ spend: 4_000, margin: 0, budget: null }))).toBeNull();
  });
  it('is not said before the burst, whatever was spent and sold by then', () => {
    expect(lossOf(campaign({ sells: false }))).toBeNull();
    expect(lossOf(campaign({ sells: false, elapsed: 0.9, margin: 0 }))).toBeNull();
  });
  it('is not said of few orders, unless half of the time went by without them', () => {
    expect(lossOf(campaign({ orders: 29 }))).toBeNull();
    expect(lossOf(campaign({ orders: 29, elapsed: 0.5 }))).toBe(83_000);
    expect(lossOf(campaign({ orders: 0, elapsed: null, margin: 0 }))).toBe(270_000);
  });
});

describe('the step to blame', () => {
  const evidence = (more: Partial<Evidence> = {}): Evidence => ({
    ...{ channels: [], targetRoi: null, spread: null, leads: 0, validLeads: 0 },
    ...more,
  });
  it('is one channel where another earns its money', () => {
    const channels = [
      { channel: '抖音达人', spend: 150, margin: 92 },
      { channel: '小红书达人', spend: 60, margin: 38 },
      { channel: '信息流', spend: 30, margin: 57 },
    ];
    expect(stepToBlame(evidence({ channels }))).toEqual({ step: 'channel', at: '抖音达人' });
    expect(stepToBlame(evidence({ channels: channels.slice(0, 2) }))).toBeNull();
  });
  it('is the content nobody read, the leads that are not valid, or what came after people came', () => {
    expect(stepToBlame(evidence({ spread: 0.4 }))).toEqual({ step: 'content', at: null });
    expect(stepToBlame(evidence({ spread: 0.9, leads: 20, validLeads: 9 }))).toEqual({ step: 'lead_quality', at: null });
    expect(stepToBlame(evidence({ spread: 0.9, leads: 19, validLeads: 1 }))).toEqual({ step: 'landing', at: null });
    expect(stepToBlame(evidence())).toBeNull();
  });
});
