import { describe, expect, it } from 'vitest';
import { gapInWords, startOf } from '../../../../server/pipeline/ingest/partition-start.ts';

const log = (oldest: number, end: number, logId: string | null = 'topic a', holdsRecord: boolean | null = null) => ({
  ...{ road: 'topic' as const, logId, holdsRecord, oldest, end },
});
const stored = (nextOffset: number | null, logId: string | null = 'topic a') => ({ nextOffset, logId });

describe('where a partition continues', () => {
  it('from the oldest record where nothing was read yet', () => {
    expect(startOf(stored(null), log(3, 9))).toEqual({ from: 3, anew: false, empty: false, gap: null });
    expect(startOf(stored(null, null), log(3, 9))).toEqual({ from: 3, anew: false, empty: false, gap: null });
  });

  it('[I2] from the stored offset, also at either end of what the log holds', () => {
    for (const offset of [3, 5, 9])
      expect(startOf(stored(offset), log(3, 9))).toEqual({ from: offset, anew: false, empty: false, gap: null });
  });

  it('[I12] with a gap, from the oldest left, when the log has lost our offset', () => {
    expect(startOf(stored(2), log(3, 9))).toEqual({ from: 3, anew: false, empty: false, gap: { expected: 2, oldest: 3, cause: 'lost' } });
    expect(startOf(stored(2, null), log(9, 9))).toEqual({
      from: 9,
      anew: false,
      empty: false,
      gap: { expected: 2, oldest: 9, cause: 'lost' },
    });
  });

  it('[I12] from the start, with a gap, when the same log ends below our offset', () => {
    for (const logId of ['topic a', null])
      expect(startOf(stored(10), log(3, 9, logId))).toEqual({
        from: 3,
        anew: true,
        empty: false,
        gap: { expected: 10, oldest: 3, cause: 'new_log' },
      });
  });

  it('[I3] from the start, with a gap, when the topic is another one, however long it is', () => {
    for (const [oldest, end] of [
      [0, 2],
      [0, 5],
      [0, 50],
      [7, 8],
    ] as const)
      expect(startOf(stored(5, 'topic b'), log(oldest, end))).toEqual({
        from: oldest,
        anew: true,
        empty: false,
        gap: { expected: 5, oldest, cause: 'new_log' },
      });
  });

  it('[I3] with a gap also where nothing of the topic that went was read: it may have held something', () => {
    expect(startOf(stored(null, 'topic b'), log(0, 1))).toEqual({
      from: 0,
      anew: true,
      empty: false,
      gap: { expected: 0, oldest: 0, cause: 'new_log' },
    });
  });

  it('[I3] from the start, without a gap, when the position was left by another road', () => {
    expect(startOf(stored(5, 'store s'), log(0, 9))).toEqual({ from: 0, anew: true, empty: false, gap: null });
  });

  it('[I3] by the offsets alone while one side has no identity', () => {
    expect(startOf(stored(5, null), log(0, 9))).toEqual({ from: 5, anew: false, empty: false, gap: null });
    expect(startOf(stored(5), log(0, 9, null))).toEqual({ from: 5, anew: false, empty: false, gap: null });
  });

  it('[I3] by the record that the position is bound to, where the log gives no id or did not give one before', () => {
    const bound = stored(5, 'record 4 abc');
    const on = { from: 5, anew: false, empty: false, gap: null };
    const other = { from: 0, anew: true, empty: false, gap: { expected: 5, oldest: 0, cause: 'new_log' } };
    for (const logId of ['topic a', null]) {
      expect(startOf(bound, log(0, 9, logId, true))).toEqual(on);
      expect(startOf(bound, log(0, 9, logId, false))).toEqual(other);
      expect(startOf(bound, log(0, 9, logId, null))).toEqual(on);
    }
    // The log has lost the record, and our offset with it.
    expect(startOf(bound, log(7, 9, null, null)).gap).toEqual({ expected: 5, oldest: 7, cause: 'lost' });
  });

  it('[I3] from the start, without a gap, when another road left the position and this log gives no id', () => {
    expect(startOf(stored(5, 'store s'), log(0, 9, null))).toEqual({ from: 0, anew: true, empty: false, gap: null });
    expect(startOf(stored(5, 'record 4 abc'), { ...log(0, 9, 'store s'), road: 'store' })).toMatchObject({ anew: true, gap: null });
  });

  it('[I3] without a gap when the topic that went was read to its end and never held a record: nothing was lost', () => {
    expect(startOf(stored(0, 'topic b'), log(0, 3))).toEqual({ from: 0, anew: true, empty: false, gap: null });
    expect(startOf(stored(0, 'topic b'), log(0, 0))).toEqual({ from: 0, anew: true, empty: true, gap: null });
    expect(startOf(stored(null), log(0, 0))).toEqual({ from: 0, anew: false, empty: true, gap: null });
  });

  it('tells what was lost in one sentence', () => {
    const at = { topic: 'sales', partition: 1, expected: 4, oldest: 9 };
    expect(gapInWords({ ...at, cause: 'lost' })).toBe('5 records of sales/1 from 4 on are gone from the log before they were read.');
    expect(gapInWords({ ...at, oldest: 0, cause: 'new_log' })).toContain('made anew or cut short after it had been read up to 4');
  });
});
