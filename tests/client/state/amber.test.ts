import { describe, expect, it } from 'vitest';
import { amberRank, createAmberBook, MOST_AMBER } from '../../../client/state/amber.tsx';

describe('what may be amber at a time', () => {
  it('is five at most: notices, then clocks, then figures by their place, and whoever waits takes the place of one that goes', () => {
    const book = createAmberBook();
    let told = 0;
    book.subscribe(() => (told += 1));
    const ids = ['f0', 'f1', 'f2', 'f3', 'f4', 'f5'];
    const drop = ids.map((id, place) => book.claim({ id, rank: amberRank.figure, place }));
    const lit = () => [...ids, 'clock', 'notice'].filter((id) => book.lit(id));
    expect(lit()).toEqual(['f0', 'f1', 'f2', 'f3', 'f4']);
    expect(book.left()).toBe(MOST_AMBER);
    const over = book.claim({ id: 'clock', rank: amberRank.clock, place: 0 });
    book.claim({ id: 'notice', rank: amberRank.notice, place: 0 });
    expect(lit()).toEqual(['f0', 'f1', 'f2', 'clock', 'notice']);
    expect(book.left()).toBe(3);
    drop[1]?.();
    expect(lit()).toEqual(['f0', 'f2', 'f3', 'clock', 'notice']);
    over();
    expect(lit()).toEqual(['f0', 'f2', 'f3', 'f4', 'notice']);
    const before = told;
    // A claim that gets no place and takes none from anybody draws nothing again.
    book.claim({ id: 'late', rank: amberRank.figure, place: 9 });
    expect(told).toBe(before);
  });
});
