import { describe, expect, it } from 'vitest';
import { fetchedChunks } from '../../../../../server/adapters/kafka/consume/records.ts';
import type { KafkaMessage } from '../../../../../server/adapters/kafka/client.ts';

const message = (offset: number, bytes: number): KafkaMessage => ({
  key: null,
  timestamp: '1',
  attributes: 0,
  offset: String(offset),
  headers: {},
  value: bytes < 0 ? null : Buffer.alloc(bytes),
});

describe('cutting a fetched batch into slices', () => {
  const shape = (messages: KafkaMessage[], limits: { bytes: number; records: number }) =>
    [...fetchedChunks(messages, limits)].map(({ records, lastOffset }) => [records.map(({ offset }) => offset), lastOffset]);

  it('cuts by bytes and by count, keeps order and loses none', () => {
    const messages = [message(0, 60), message(1, 60), message(2, 60), message(5, 10), message(6, 10), message(7, 10)];
    expect(shape(messages, { bytes: 100, records: 3 })).toEqual([
      [[0, 1], '1'],
      [[2, 5, 6], '6'],
      [[7], '7'],
    ]);
  });

  it('gives a record larger than a slice a slice of its own, and counts tombstones', () => {
    expect(shape([message(0, 500), message(1, -1), message(2, 500)], { bytes: 100, records: 10 })).toEqual([
      [[0], '0'],
      [[1, 2], '2'],
    ]);
  });

  it('gives nothing for nothing', () => {
    expect(shape([], { bytes: 100, records: 10 })).toEqual([]);
  });
});
