import { describe, expect, it } from 'vitest';
import { leadMove, priceLines, rivalLanes, voices } from '../../../../server/domain/projection/rivals.ts';
import type { MoveRow } from '../../../../shared/wire/views/overview.ts';

const move = (moveId: string, competitor: string, rest: Partial<MoveRow> = {}): MoveRow => ({
  moveId,
  at: 1_000,
  competitor,
  kind: 'price',
  product: null,
  title: moveId,
  before: null,
  after: null,
  change: null,
  impact: 'low',
  ...rest,
});

describe('the move that matters', () => {
  it('[RV1] has the largest impact, then is a cut, then the largest change either way, then the newest', () => {
    expect(leadMove([], 0)).toBeNull();
    const small = move('small', 'Boyu', { change: 0.4 });
    const cut = move('cut', 'Boyu', { impact: 'high', change: -0.2 });
    const rise = move('rise', 'Yilang', { impact: 'high', change: 0.1 });
    const later = move('later', 'Yilang', { impact: 'high', change: 0.2, at: 2_000 });
    expect(leadMove([small, rise, cut], 0)?.move.moveId).toBe('cut');
    expect(leadMove([small, cut, later, rise], 0)?.move.moveId).toBe('cut');
    expect(leadMove([small, later, rise], 0)?.move.moveId).toBe('later');
    expect(leadMove([cut, move('deeper', 'Yilang', { impact: 'high', change: -0.3 })], 0)?.move.moveId).toBe('deeper');
  });

  it('[RV1] is of the seven days before where today has none, and says so; a move of today, however small, goes first', () => {
    const before = move('before', 'Boyu', { impact: 'high', change: -0.2, at: 900 });
    const older = move('older', 'Boyu', { impact: 'medium', change: -0.4, at: 800 });
    expect(leadMove([older, before], 1_000)).toEqual({ move: before, days: 7 });
    const today = move('today', 'Boyu', { at: 1_000 });
    expect(leadMove([older, before, today], 1_000)).toEqual({ move: today, days: 1 });
  });
});

describe('a lane for each tracked competitor', () => {
  it('holds its newest two of all its moves, in the order of the list, also when it did nothing', () => {
    const moves = [move('a', 'Boyu', { at: 1 }), move('b', ' BOYU', { at: 3 }), move('c', 'boyu', { at: 2 }), move('d', 'Yilang')];
    const { lanes, more } = rivalLanes(moves, ['Yilang', 'Boyu', 'Quiet']);
    expect(more).toBe(0);
    expect(lanes.map((lane) => [lane.competitor, lane.moves.map((m) => m.moveId), lane.total])).toEqual([
      ['Yilang', ['d'], 1],
      ['Boyu', ['b', 'c'], 3],
      ['Quiet', [], 0],
    ]);
  });
});

describe('[RV2] prices over time', () => {
  const priced = (moveId: string, at: number, competitor: string, product: string | null, before: number, after: number) =>
    move(moveId, competitor, { at, product, before: `¥${before}`, after: `¥${after}`, change: (after - before) / before });

  it('are a line a product, newest move first, each price from its move on, both directions on one line', () => {
    const { rows, more, from } = priceLines(
      [
        priced('2', 20, 'Boyu', 'A8', 90, 120),
        priced('1', 10, 'Boyu ', 'A8', 100, 90),
        priced('3', 15, 'Boyu', 'A6', 50, 40),
        move('no price', 'Boyu'),
        move('shop', 'Boyu', { kind: 'channel', change: 0.9 }),
      ],
      5,
    );
    expect({ more, from }).toEqual({ more: 0, from: 5 });
    expect(rows.map(({ product, before, after, change }) => [product, before, after, change])).toEqual([
      ['A8', '¥100', '¥120', 0.2],
      ['A6', '¥50', '¥40', -0.2],
    ]);
    expect(rows[0]?.points).toEqual([
      { at: 5, amount: 100 },
      { at: 10, amount: 90 },
      { at: 20, amount: 120 },
    ]);
  });

  it('that have no place are counted [S7]', () => {
    const many = Array.from({ length: 9 }, (_, i) => priced(`m${i}`, i, 'Boyu', `P${i}`, 10, 11));
    const { rows, more } = priceLines(many, 0);
    expect(rows.map(({ product }) => product)).toEqual(['P8', 'P7', 'P6', 'P5', 'P4', 'P3']);
    expect(more).toBe(3);
  });
});

describe('lanes', () => {
  it('[RV3] are five at most, and the competitors without one are counted', () => {
    const { lanes, more } = rivalLanes([], ['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    expect([lanes.length, more]).toEqual([5, 2]);
  });
});

describe('share of voice', () => {
  const count = (brand: string, n: number) => ({ slot: 0, brand, polarity: 'neutral', count: n });

  it('compares own and tracked brands and nobody else; the shares add up', () => {
    const { rows, total } = voices([count('Ridge', 30), count('ridge ', 10), count('Boyu', 50), count('Other', 900)], {
      own: ['Ridge'],
      tracked: ['Yilang', 'Boyu'],
    });
    expect(total).toBe(90);
    expect(rows.map((row) => [row.brand, row.own, row.mentions])).toEqual([
      ['Ridge', true, 40],
      ['Boyu', false, 50],
      ['Yilang', false, 0],
    ]);
    expect(rows.reduce((sum, row) => sum + row.share, 0)).toBeCloseTo(1, 12);
  });

  it('is no share where nothing was said', () => {
    expect(voices([], { own: ['Ridge'], tracked: [] })).toEqual({
      ...{ total: 0, rest: null },
      rows: [{ brand: 'Ridge', own: true, mentions: 0, share: 0 }],
    });
  });
});
