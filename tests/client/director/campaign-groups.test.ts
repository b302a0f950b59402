import { describe, expect, it } from 'vitest';
import { isGroup, linesOf } from '../../../client/director/campaign-groups.ts';
import type { CampaignList } from '../../../client/director/campaign-order.ts';
import { campaignPage, type CampaignRow } from '../../../shared/kpi/campaigns.ts';
import { groupOf } from '../../../shared/kpi/campaign-choices.ts';
import { answerCampaigns, campaignRows } from '../../helpers/campaigns-fixture.ts';

const page = campaignPage.parse(answerCampaigns('/api/campaigns')?.body);
const [first, second, third] = campaignRows;
const rows = [
  { ...first, phase: 'review' },
  { ...second, phase: 'warmup' },
  { ...third, phase: null },
] as readonly CampaignRow[];
const groups = ['', 'review', 'warmup'].map((key) => ({ ...page.total, key, count: 1, budget: null, flagged: { count: 0, lost: 0 } }));
const list: CampaignList = { head: { ...page, groups }, rows };
const shown = (folded: readonly string[] = []): string[] =>
  linesOf(list, 'phase', new Set(folded)).map((line) => (isGroup(line) ? `[${line.group.key}]` : line.campaignId));

describe('rows put together', () => {
  it('stand under their group, phases in the order of time, what no plan says last; a folded group hides its rows', () => {
    expect(shown()).toEqual(['[warmup]', 'C-2', '[review]', 'C-1', '[]', 'C-3']);
    expect(shown(['review'])).toEqual(['[warmup]', 'C-2', '[review]', '[]', 'C-3']);
    expect(linesOf(list, null, new Set())).toEqual(rows);
  });
  it('of several channels are in one group, whatever the order of the channels', () => {
    const of = (...channels: string[]) => groupOf({ phase: null, owner: null, kind: null, channels }, 'channel');
    expect([of('抖音', '京东'), of('京东', '抖音'), of()]).toEqual(['京东 + 抖音', '京东 + 抖音', '']);
  });
});
