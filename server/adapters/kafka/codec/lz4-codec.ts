/**
 * LZ4 frames (lz4_Frame_format.md), as Kafka writes them. The library inflates a whole frame at
 * once without a limit. The blocks of the frame are therefore counted first: no block inflates
 * beyond the block size that the frame names, which bounds the size of the whole.
 */
import { compressFrame, decompressFrame } from 'lz4-napi';
import { TooLarge } from './batch-limit.ts';

const magic = 0x184d2204;
const flag = { blockChecksum: 0x10, contentSize: 0x08, contentChecksum: 0x04, dictionary: 0x01 };
/** Block sizes by the three bits of the frame descriptor. */
const blockSizes: Readonly<Record<number, number>> = { 4: 64 * 1024, 5: 256 * 1024, 6: 1024 * 1024, 7: 4 * 1024 * 1024 };

export async function lz4Decompress(input: Buffer, limit: number): Promise<Buffer> {
  const most = inflatedBound(input);
  if (most > limit) throw new TooLarge(`an LZ4 batch may inflate to ${most} bytes`);
  return decompressFrame(input);
}

export function lz4Compress(input: Buffer): Promise<Buffer> {
  return compressFrame(input);
}

function inflatedBound(input: Buffer): number {
  if (input.length < 7 || input.readUInt32LE(0) !== magic) throw new Error('an LZ4 batch without a frame');
  const flags = input[4] as number;
  const blockSize = blockSizes[((input[5] as number) >> 4) & 7];
  if (blockSize === undefined) throw new Error('an LZ4 frame with an unknown block size');
  let at = 7 + (flags & flag.contentSize ? 8 : 0) + (flags & flag.dictionary ? 4 : 0);
  let total = 0;
  while (at + 4 <= input.length) {
    const word = input.readUInt32LE(at);
    if (word === 0) return total;
    const length = word & 0x7fffffff;
    const stored = word >>> 31 === 1;
    total += stored ? length : blockSize;
    at += 4 + length + (flags & flag.blockChecksum ? 4 : 0);
  }
  throw new Error('an LZ4 frame without its end mark');
}
