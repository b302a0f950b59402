import { describe, expect, it } from 'vitest';
import { startOf } from '../../../../../server/adapters/kafka/consume/assignment.ts';

describe('where to continue on assignment', () => {
  it('from the oldest record where nothing was read yet', () => {
    expect(startOf('t/0', null, { low: 3, high: 9 })).toEqual({ kind: 'ready', from: 3, gap: null });
  });

  it('[I2] from the stored offset, also at either end of what the log holds', () => {
    for (const offset of [3, 5, 9])
      expect(startOf('t/0', offset, { low: 3, high: 9 })).toMatchObject({ kind: 'ready', from: offset, gap: null });
  });

  it('[I12] with a gap, from the oldest left, when the log has lost our offset', () => {
    const found = startOf('t/0', 2, { low: 3, high: 9 });
    expect(found).toMatchObject({ kind: 'ready', from: 3, gap: { expected: 2, oldest: 3 } });
    expect(found.gap?.detail).toBe('1 records of t/0 from 2 on are gone from the broker before they were read.');
    expect(startOf('t/0', 2, { low: 9, high: 9 })).toMatchObject({ kind: 'ready', from: 9, gap: { expected: 2, oldest: 9 } });
  });

  it('[I12] not at all when the log ends below our offset', () => {
    expect(startOf('t/0', 10, { low: 3, high: 9 })).toMatchObject({ kind: 'held', gap: { expected: 10, oldest: 3 } });
  });
});
