import { describe, expect, it } from 'vitest';
import { shownFrom, takingIn, type CampaignList } from '../../../client/director/campaign-order.ts';
import { campaignRow, type CampaignRow } from '../../../shared/kpi/campaigns.ts';

const row = (campaignId: string, spend: number): CampaignRow =>
  campaignRow.parse({
    ...Object.fromEntries(Object.keys(campaignRow.shape).map((name) => [name, null])),
    ...{ campaignId, spend, reasons: {}, channels: [], orders: 0, gaps: [] },
  });
const head: CampaignList['head'] = {
  ...{ asOf: '2026-11-23T00:00:00.000Z', timeZone: 'Asia/Shanghai', basis: 'cash', period: null },
  ...{
    unattributed: row('', 0),
    total: row('', 0),
    listed: row('', 0),
    flagged: { count: 0, lost: 0 },
    owners: [],
    kinds: [],
    totalRows: 0,
  },
  ...{ quarter: '2026-Q4', groups: [], attribution: { rule: 'order_then_lead', version: 1, sales: null, spend: null } },
};
const list = (...rows: CampaignRow[]): CampaignList => ({ head, rows });

describe('rows that change while somebody looks', () => {
  const sorted = list(row('a', 30), row('b', 20), row('c', 10));
  it('stay where they are, with their new figures; a new campaign comes last, one that is gone goes', () => {
    const newer = list(row('n', 99), row('c', 40), row('a', 30));
    expect(shownFrom(newer, sorted).list.rows.map(({ campaignId, spend }) => [campaignId, spend])).toEqual([
      ['a', 30],
      ['c', 40],
      ['n', 99],
    ]);
  });
  it('are told: those with another figure and new ones', () => {
    expect([...shownFrom(list(row('a', 30), row('b', 21), row('n', 1)), sorted).changed]).toEqual(['b', 'n']);
    expect(shownFrom(sorted, sorted).changed.size).toBe(0);
  });
  it('are put in their places page by page as they are all at once', () => {
    const newer = [row('n', 99), row('c', 40), row('a', 30)];
    const taking = takingIn(sorted);
    for (const one of newer) taking.add([one]);
    expect(taking.shown(head)).toEqual(shownFrom(list(...newer), sorted));
  });
});
