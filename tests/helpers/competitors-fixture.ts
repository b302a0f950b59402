/** The 竞品 scene on the fixtures' day: five competitors, prices both ways, one of them quiet. */
import { leadMove, priceLines, rivalLanes, voices } from '../../server/domain/projection/rivals.ts';
import type { CompetitorsState } from '../../shared/wire/views/competitors.ts';
import type { MoveRow } from '../../shared/wire/views/overview.ts';
import { fixtureNow } from './fixture-now.ts';
import { usualDay } from './overview-fixture.ts';

const price = (moveId: string, day: string, competitor: string, title: string, before: number, after: number): MoveRow => ({
  moveId,
  at: Date.parse(`2026-11-${day}T10:30:00+08:00`),
  competitor,
  kind: 'price',
  product: title.split(' ')[0] ?? null,
  title,
  before: `¥${before.toLocaleString('en')}`,
  after: `¥${after.toLocaleString('en')}`,
  change: (after - before) / before,
  impact: 'medium',
});

const moves: readonly MoveRow[] = [
  ...usualDay.competitors,
  price('P-1', '21', '禾川', 'H3 双11返场价', 1_899, 1_599),
  price('P-2', '18', '意朗', 'Duo 1 调价', 3_999, 4_199),
  price('P-3', '16', '铂域', 'A6 清仓', 2_199, 1_699),
  price('P-4', '12', '拓沫', 'M1 涨价', 899, 949),
  price('P-5', '09', '铂域', 'A6 涨价', 1_999, 2_199),
];
const brands = { own: ['山澜'], tracked: ['铂域', '禾川', '意朗', '拓沫', '德隆'] };
const mentions = { 山澜: 1_475, 铂域: 1_302, 禾川: 964, 意朗: 512, 拓沫: 251 };

export const competitorsFixture: CompetitorsState = {
  leadMove: leadMove(moves, Date.parse('2026-11-23T00:00:00+08:00')),
  rivals: rivalLanes(moves, brands.tracked),
  prices: priceLines(moves, fixtureNow - 30 * 86_400_000),
  voice: {
    ...voices(
      Object.entries(mentions).map(([brand, count]) => ({ slot: 0, brand, polarity: 'neutral', count })),
      brands,
    ),
    days: Array.from({ length: 14 }, (_, i) => ({ day: `2026-11-${10 + i}`, share: i === 2 ? null : 0.41 - i * 0.006 })),
  },
  strip: usualDay.strip,
};
