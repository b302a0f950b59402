import { describe, expect, it } from 'vitest';
import { channelRows } from '../../../client/panels/channels/rows.ts';
import { moveWord } from '../../../client/panels/move-word.ts';

const row = (channel: string | null, net: number, planToNow: number | null = 10) => ({ channel, net, planToNow });

describe('channels on the wall', () => {
  it('are at most five lines that add up to the day', () => {
    const all = ['a', 'b', 'c', 'd', 'e', 'f', null].map((name, i) => row(name, 100 - i));
    const rows = channelRows(all);
    expect(rows.length).toBe(5);
    expect(rows.reduce((sum, r) => sum + r.net, 0)).toBe(all.reduce((sum, r) => sum + r.net, 0));
    expect(rows[4]).toMatchObject({ rest: 3, net: 96 + 95 + 94, planToNow: 30 });
  });
  it('keep five as they are, largest first', () => {
    expect(channelRows([row('a', 1), row('b', 3), row(null, 2)]).map((r) => r.channel)).toEqual(['b', null, 'a']);
  });
  it('have no plan for the rest when one of them has none', () => {
    const rows = channelRows([1, 2, 3, 4, 5, 6].map((n) => row(`c${n}`, n, n === 1 ? null : 10)));
    expect(rows[4]?.planToNow).toBeNull();
  });
});

describe('a competitor’s move', () => {
  it('is said by its direction where a price moved', () => {
    expect(moveWord({ kind: 'price', change: -0.1 })).toBe('priceDown');
    expect(moveWord({ kind: 'price', change: 0.1 })).toBe('priceUp');
    expect(moveWord({ kind: 'price', change: null })).toBe('price');
    expect(moveWord({ kind: 'channel', change: -0.1 })).toBe('channel');
  });
});
