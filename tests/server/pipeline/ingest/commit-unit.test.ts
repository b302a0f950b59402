/** What one transaction takes of what waits, and how it is cut. */
import { describe, expect, it } from 'vitest';
import { chunksOf, halve, oneByOne, takeUnits, type CommitUnit, type FeedReader } from '../../../../server/pipeline/ingest/commit-unit.ts';
import type { LogBatch, LogRecord } from '../../../../server/pipeline/ports/log.ts';
import { seededRandom } from '../../../helpers/random.ts';

const record = (offset: number, bytes = 1): LogRecord => ({
  ...{ offset, value: bytes < 0 ? null : new Uint8Array(bytes), key: null, headers: {}, appendedAt: 0 },
});
const batch = (partition: number, records: readonly LogRecord[], nextOffset = (records.at(-1)?.offset ?? 0) + 1): LogBatch => ({
  ...{ topic: 'leads', partition, epoch: 3, records, nextOffset, highWatermark: 99 },
});
/** A reader of batches whose records have these sizes; offsets count on. */
function reader(partition: number, ...sizes: readonly (readonly number[])[]): FeedReader {
  let offset = 0;
  const batches = sizes.map((of) =>
    batch(
      partition,
      of.map((bytes) => record(offset++, bytes)),
      offset,
    ),
  );
  return { feed: { batches, stored: () => true }, position: -Infinity };
}
const shape = (units: readonly CommitUnit[]) =>
  units.map(({ partition, records, nextOffset }) => [partition, records.map((r) => r.offset), nextOffset]);
const limits = { records: 5, bytes: 100 };

describe('taking units', () => {
  it('joins the batches of a feed and the feeds of several partitions', () => {
    expect(shape(takeUnits([reader(0, [1, 1], [1]), reader(2, [1])], limits))).toEqual([
      [0, [0, 1, 2], 3],
      [2, [0], 1],
    ]);
  });

  it('takes no more records than fit, over all partitions, and leaves who gets nothing for the next time', () => {
    expect(shape(takeUnits([reader(0, [1, 1, 1, 1]), reader(1, [1, 1]), reader(2, [1])], limits))).toEqual([
      [0, [0, 1, 2, 3], 4],
      [1, [0], 1],
    ]);
  });

  it('takes no more bytes than fit, over all partitions', () => {
    expect(shape(takeUnits([reader(0, [60], [30, 30]), reader(1, [10], [1])], limits))).toEqual([
      [0, [0, 1], 2],
      [1, [0], 1],
    ]);
  });

  it('takes a first record of any size, and a tombstone for nothing', () => {
    expect(shape(takeUnits([reader(0, [1_000], [1]), reader(1, [1])], limits))).toEqual([[0, [0], 1]]);
    expect(shape(takeUnits([reader(0, [-1, 100, 1])], limits))).toEqual([[0, [0, 1], 2]]);
  });

  it('goes on behind what is stored, also inside a batch', () => {
    const one = reader(0, [1, 1, 1], [1, 1, 1]);
    one.position = 2;
    expect(shape(takeUnits([one], limits))).toEqual([[0, [2, 3, 4, 5], 6]]);
  });

  it('moves to the end of a batch that goes beyond its last record, or has none', () => {
    const feed = { batches: [batch(0, [record(4)], 9), batch(0, [], 12)], stored: () => true };
    expect(shape(takeUnits([{ feed, position: -Infinity }], limits))).toEqual([[0, [4], 12]]);
    expect(shape(takeUnits([{ feed, position: 9 }], limits))).toEqual([[0, [], 12]]);
  });

  it('takes every record once and in order, whatever the sizes and limits', () => {
    const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);
    process.stdout.write(`commit-unit: seed ${seed}\n`);
    const random = seededRandom(seed);
    for (let run = 0; run < 300; run++) {
      const most = { records: 1 + random.below(6), bytes: 1 + random.below(60) };
      const readers = [0, 1, 2].map((p) =>
        reader(p, ...Array.from({ length: 1 + random.below(4) }, () => Array.from({ length: random.below(4) }, () => random.below(30)))),
      );
      const given = readers.map(({ feed }) => feed.batches.flatMap(({ records }) => records.map(({ offset }) => offset)));
      const ends = readers.map(({ feed }) => feed.batches.at(-1)?.nextOffset ?? 0);
      const got: number[][] = [[], [], []];
      let waiting = readers;
      for (let turn = 0; waiting.length > 0; turn++) {
        expect(turn, `seed ${seed}, run ${run}`).toBeLessThan(100);
        const units = takeUnits(waiting, most);
        const records = units.flatMap((unit) => unit.records);
        const bytes = records.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
        expect(units.length).toBeGreaterThan(0);
        if (records.length > 1) expect(records.length <= most.records && bytes <= most.bytes).toBe(true);
        for (const unit of units) {
          got[unit.partition]?.push(...unit.records.map(({ offset }) => offset));
          const one = readers[unit.partition] as FeedReader;
          one.position = unit.nextOffset;
        }
        waiting = readers.filter(({ position, feed }) => position < (feed.batches.at(-1)?.nextOffset ?? 0));
      }
      expect(got, `seed ${seed}, run ${run}`).toEqual(given);
      expect(readers.map(({ position }) => Math.max(0, position))).toEqual(ends);
    }
  });
});

describe('cutting a unit', () => {
  const done = async () => undefined;
  const unit: CommitUnit = {
    topic: 'leads',
    partition: 1,
    epoch: 3,
    records: [0, 2, 5].map((o) => record(o)),
    nextOffset: 9,
    bookkeeping: done,
  };

  it('in two: the first half keeps the bookkeeping and ends where the second begins', () => {
    const halves = halve(unit);
    expect(shape(halves)).toEqual([
      [1, [0], 2],
      [1, [2, 5], 9],
    ]);
    expect(halves.map(({ bookkeeping }) => bookkeeping)).toEqual([done, undefined]);
  });

  it('one by one: each ends where the next begins, the last where the unit ends', () => {
    expect(shape(oneByOne(unit))).toEqual([
      [1, [0], 2],
      [1, [2], 5],
      [1, [5], 9],
    ]);
  });

  it('in chunks of equal length, none for a unit without records', () => {
    const units = [unit, { ...unit, records: [] }, { ...unit, records: [7, 8, 9, 10].map((o) => record(o)) }];
    expect(chunksOf(units, 3).map(({ unitIndex, records }) => [unitIndex, records.map(({ offset }) => offset)])).toEqual([
      [0, [0, 2, 5]],
      [2, [7, 8]],
      [2, [9, 10]],
    ]);
  });
});
