import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { codecs } from '../../../../../server/adapters/kafka/codec/codecs.ts';
import { inflatedLimit } from '../../../../../server/adapters/kafka/codec/batch-limit.ts';
import { compress } from 'snappy';

describe.each(Object.entries(codecs))('%s', (name, codec) => {
  it.each([0, 1, 100, 65_536, 65_537, 1_000_000])('gives back %i bytes as they were', async (length) => {
    const half = Math.floor(length / 2);
    const input = Buffer.concat([Buffer.alloc(length - half, 'ab'), randomBytes(half)]);
    const packed = await codec.compress({ buffer: input });
    expect((await codec.decompress(packed)).equals(input)).toBe(true);
  });

  it('reads up to the limit and refuses beyond it without inflating', async () => {
    const within = await codec.compress({ buffer: Buffer.alloc(inflatedLimit - 5_000_000, 'x') });
    expect((await codec.decompress(within)).length).toBe(inflatedLimit - 5_000_000);
    const beyond = await codec.compress({ buffer: Buffer.alloc(inflatedLimit + 1, 'x') });
    await expect(codec.decompress(beyond)).rejects.toMatchObject({ name: 'TooLarge' });
  });

  it('rejects bytes that are not its own, and a batch cut short', async () => {
    await expect(codec.decompress(Buffer.from('this is not compressed at all, is it'))).rejects.toThrow();
    const packed = await codec.compress({ buffer: randomBytes(200_000) });
    await expect(codec.decompress(packed.subarray(0, packed.length - 100))).rejects.toThrow();
  });

  if (name === 'snappy')
    it('reads a raw block without the Java framing, as librdkafka writes it', async () => {
      const raw = await compress(Buffer.from('hello hello hello'));
      expect((await codec.decompress(raw)).toString()).toBe('hello hello hello');
    });
});
