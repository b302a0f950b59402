import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { competitorsView } from '../../../../../server/pipeline/push/views/competitors.ts';
import { createKpiService } from '../../../../../server/pipeline/services/kpis.ts';
import type { View } from '../../../../../server/pipeline/push/view.ts';
import type { EventData } from '../../../../../shared/events/registry.ts';
import { competitorsState } from '../../../../../shared/wire/views/competitors.ts';
import { event, openLine, type Line } from '../../../../helpers/line.ts';

let line: Line;
let view: View<'competitors'>;
let number = 0;

const move = (time: string, competitor: string, rest: Partial<EventData<'competitor.move'>> = {}) =>
  event('competitor.move', time, { moveId: `v-${++number}`, version: 1, competitor, kind: 'content', title: 'x', impact: 'low', ...rest });
const mention = (time: string, brand: string) =>
  event('sentiment.mention', time, { mentionId: `m-${++number}`, version: 1, platform: '微博', brand, text: '…', label: 'neutral' });

beforeAll(async () => {
  line = await openLine({ now: '2026-11-23T14:30:00+08:00' });
  view = competitorsView({ ...line, reads: line.store.reads });
});
afterAll(() => line.close());

describe('the view of the 竞品 scene', () => {
  it('is empty where nothing is configured', async () => {
    expect(await view.read('leadMove')).toBeNull();
    expect(await view.read('rivals')).toEqual({ lanes: [], more: 0 });
    expect(await view.read('voice')).toMatchObject({ total: 0, rows: [], rest: null });
  });

  it('shows tracked competitors: today’s move, 30 days of lanes and prices, 24 hours of voice, and fits its schema', async () => {
    const now = line.clock.now();
    await line.store.write((tx) =>
      tx.putPolicy('brands', {
        value: { own: ['Ridge'], tracked: ['Boyu', 'Yilang'] },
        owner: 'o',
        reason: 'r',
        effectiveFrom: now,
        setAt: now,
      }),
    );
    await line.ingest([
      move('2026-11-23T00:05:00+08:00', 'Boyu', { impact: 'medium' }),
      move('2026-11-22T23:55:00+08:00', 'Yilang', { impact: 'high', kind: 'price', before: '¥4,000', after: '¥3,000' }),
      move('2026-10-20T10:00:00+08:00', 'Boyu', { kind: 'price', before: '¥100', after: '¥50' }),
      move('2026-11-23T12:00:00+08:00', 'Stranger', { impact: 'high' }),
      ...['Ridge', 'Boyu', 'Boyu', 'Stranger'].map((brand) => mention('2026-11-23T10:00:00+08:00', brand)),
      mention('2026-11-22T10:00:00+08:00', 'Yilang'),
    ]);
    const state = Object.fromEntries(await Promise.all(view.groups.map(async (group) => [group, await view.read(group)])));
    expect(competitorsState.parse(state)).toMatchObject({
      leadMove: { days: 1, move: { competitor: 'Boyu', impact: 'medium' } },
      rivals: {
        lanes: [
          { competitor: 'Boyu', total: 1 },
          { competitor: 'Yilang', total: 1 },
        ],
        more: 0,
      },
      prices: { rows: [{ competitor: 'Yilang', change: -0.25 }], more: 0 },
      voice: {
        total: 3,
        rows: [
          { brand: 'Ridge', mentions: 1 },
          { brand: 'Boyu', mentions: 2 },
          { brand: 'Yilang', mentions: 0 },
        ],
      },
    });
  });

  it('[RV1] shows the move of the seven days before on a day without one, and none after them', async () => {
    const now = line.clock.now();
    line.at('2026-11-24T10:00:00+08:00');
    expect(await view.read('leadMove')).toMatchObject({ days: 7, move: { competitor: 'Yilang', impact: 'high' } });
    line.at('2026-12-01T10:00:00+08:00');
    expect(await view.read('leadMove')).toBeNull();
    line.at(now);
  });

  it('[K18] says the share of the own brands by day as GET /api/kpis says it', async () => {
    const api = createKpiService({ reads: line.store.reads, calendar: line.calendar, clock: line.clock, ledger: line.ledger });
    const { days } = await view.read('voice');
    expect(days).toHaveLength(14);
    expect(days.at(-1)).toEqual({ day: '2026-11-23', share: 1 / 3 });
    for (const { day, share } of days.slice(-3)) {
      const asked = { grain: 'day', period: day, kpis: ['share_of_voice'], by: null, where: [], asOf: null, knownAt: null } as const;
      const answer = await api.query(asked);
      if ('refused' in answer) throw new Error(answer.detail);
      expect(share).toBe(answer.values[0]?.value);
    }
  });

  it('reads moves again for moves, voices for mentions, and what both hang on for policies', () => {
    expect(view.affectedBy('competitors')).toEqual(['leadMove', 'rivals', 'prices']);
    expect(view.affectedBy('mentions')).toEqual(['voice', 'strip']);
    expect(view.affectedBy('incidents')).toEqual(['strip']);
    expect([...view.affectedBy('policies')].toSorted()).toEqual([...view.groups].toSorted());
    expect(view.affectedBy('sales')).toEqual([]);
  });
});
