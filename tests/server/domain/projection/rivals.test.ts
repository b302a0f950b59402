import { describe, expect, it } from 'vitest';
import { leadMove, priceMoves, rivalLanes, voices } from '../../../../server/domain/projection/rivals.ts';
import type { MoveRow } from '../../../../shared/wire/views/overview.ts';

const move = (moveId: string, competitor: string, rest: Partial<MoveRow> = {}): MoveRow => ({
  moveId,
  at: 1_000,
  competitor,
  kind: 'price',
  title: moveId,
  before: null,
  after: null,
  change: null,
  impact: 'low',
  ...rest,
});

describe('the move that matters', () => {
  it('has the largest impact, then the largest change either way, then is the newest', () => {
    expect(leadMove([])).toBeNull();
    const small = move('small', 'Boyu', { change: 0.4 });
    const cut = move('cut', 'Boyu', { impact: 'high', change: -0.2 });
    const rise = move('rise', 'Yilang', { impact: 'high', change: 0.1 });
    const later = move('later', 'Yilang', { impact: 'high', change: 0.2, at: 2_000 });
    expect(leadMove([small, rise, cut])?.moveId).toBe('cut');
    expect(leadMove([small, cut, later, rise])?.moveId).toBe('later');
  });
});

describe('a lane for each tracked competitor', () => {
  it('holds its newest two of all its moves, in the order of the list, also when it did nothing', () => {
    const moves = [move('a', 'Boyu', { at: 1 }), move('b', ' BOYU', { at: 3 }), move('c', 'boyu', { at: 2 }), move('d', 'Yilang')];
    const lanes = rivalLanes(moves, ['Yilang', 'Boyu', 'Quiet']);
    expect(lanes.map((lane) => [lane.competitor, lane.moves.map((m) => m.moveId), lane.total])).toEqual([
      ['Yilang', ['d'], 1],
      ['Boyu', ['b', 'c'], 3],
      ['Quiet', [], 0],
    ]);
  });
});

describe('price moves', () => {
  it('are those with two prices, largest first, and the rest is counted [S7]', () => {
    const moves = Array.from({ length: 9 }, (_, i) => move(`m${i}`, 'Boyu', { change: (i % 2 === 0 ? 1 : -1) * i * 0.01 }));
    const { rows, more } = priceMoves([...moves, move('no price', 'Boyu'), move('shop', 'Boyu', { kind: 'channel', change: 0.9 })]);
    expect(rows.map((m) => m.moveId)).toEqual(['m8', 'm7', 'm6', 'm5', 'm4', 'm3']);
    expect(more).toBe(2);
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
