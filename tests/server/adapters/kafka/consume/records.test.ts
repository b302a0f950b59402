import { describe, expect, it } from 'vitest';
import { recordsOf } from '../../../../../server/adapters/kafka/consume/records.ts';
import type { KafkaMessage } from '../../../../../server/adapters/kafka/client.ts';

const message = (offset: number, bytes: number): KafkaMessage => ({
  key: null,
  timestamp: '1',
  attributes: 0,
  offset: String(offset),
  headers: {},
  value: bytes < 0 ? null : Buffer.alloc(bytes),
});

describe('a fetched batch as records', () => {
  it('keeps order and loses none, tombstones included, and counts the bytes of the values', () => {
    const { records, bytes } = recordsOf([message(0, 60), message(3, -1), message(5, 500)]);
    expect(records.map(({ offset, value }) => [offset, value?.length])).toEqual([
      [0, 60],
      [3, undefined],
      [5, 500],
    ]);
    expect(bytes).toBe(560);
  });

  it('gives nothing for nothing', () => {
    expect(recordsOf([])).toEqual({ records: [], bytes: 0 });
  });
});
