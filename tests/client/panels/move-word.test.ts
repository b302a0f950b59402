import { describe, expect, it } from 'vitest';
import { arrowOf, moveWord } from '../../../client/panels/move-word.ts';

describe('a competitor’s move', () => {
  it('is said by its direction where a price moved', () => {
    expect(moveWord({ kind: 'price', change: -0.1 })).toBe('priceDown');
    expect(moveWord({ kind: 'price', change: 0.1 })).toBe('priceUp');
    expect(moveWord({ kind: 'price', change: null })).toBe('price');
    expect(moveWord({ kind: 'channel', change: -0.1 })).toBe('channel');
  });

  it('has no direction where a price stayed', () => {
    expect(moveWord({ kind: 'price', change: 0 })).toBe('price');
    expect([-0.2, 0.2, 0].map(arrowOf)).toEqual(['↓', '↑', '']);
  });
});
