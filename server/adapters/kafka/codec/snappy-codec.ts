/**
 * Snappy as Kafka clients write it: Java wraps raw blocks in the framing of
 * xerial's snappy-java (16-byte header, then length-prefixed blocks), librdkafka
 * writes one raw block. Both are read; blocks in Java's framing are written.
 */
import { compress, uncompress } from 'snappy';
import { TooLarge } from './batch-limit.ts';

const magic = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const headerLength = 16;
const blockLength = 64 * 1024;

export async function snappyDecompress(input: Buffer, limit: number): Promise<Buffer> {
  const blocks = input.subarray(0, magic.length).equals(magic) ? javaBlocks(input) : [input];
  let total = 0;
  for (const block of blocks) total += inflatedLength(block);
  if (total > limit) throw new TooLarge(`a snappy batch inflates to ${total} bytes`);
  const parts = await Promise.all(blocks.map(async (block) => (await uncompress(block)) as Buffer));
  return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
}

export async function snappyCompress(input: Buffer): Promise<Buffer> {
  const parts: Buffer[] = [Buffer.concat([magic, Buffer.from([0, 0, 0, 1, 0, 0, 0, 1])])];
  for (let at = 0; at < input.length; at += blockLength) {
    const block = await compress(input.subarray(at, at + blockLength));
    const length = Buffer.alloc(4);
    length.writeInt32BE(block.length);
    parts.push(length, block);
  }
  return Buffer.concat(parts);
}

function javaBlocks(input: Buffer): Buffer[] {
  const blocks: Buffer[] = [];
  for (let at = headerLength; at < input.length;) {
    const length = input.readInt32BE(at);
    at += 4;
    if (length < 0 || at + length > input.length) throw new Error('a snappy batch ends inside a block');
    blocks.push(input.subarray(at, at + length));
    at += length;
  }
  return blocks;
}

/** A raw block starts with its inflated length as a little-endian base-128 number (google/snappy format_description). */
function inflatedLength(block: Buffer): number {
  let length = 0;
  for (let index = 0; index < 5; index += 1) {
    const byte = block[index];
    if (byte === undefined) break;
    length += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return length;
  }
  throw new Error('a snappy block without its length');
}
