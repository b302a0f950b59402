/**
 * Codecs for the four compressions that a topic may hold. The client library brings gzip only, and
 * a batch in another compression would end the consumer. All codecs have the same limit on what a
 * batch may inflate to.
 */
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { inflatedLimit, standInFor, TooLarge } from './batch-limit.ts';
import { lz4Compress, lz4Decompress } from './lz4-codec.ts';
import { snappyCompress, snappyDecompress } from './snappy-codec.ts';

const gzip = promisify(zlib.gzip);
const gunzip = promisify<zlib.InputType, zlib.ZlibOptions, Buffer>(zlib.gunzip);
const zstdCompress = promisify<zlib.InputType, Buffer>(zlib.zstdCompress);
const zstdDecompress = promisify<zlib.InputType, zlib.ZstdOptions, Buffer>(zlib.zstdDecompress);

/** The interface that the client library expects of a codec; its encoder holds the bytes in `buffer`. */
export interface Codec {
  compress(encoder: { buffer: Buffer }): Promise<Buffer>;
  decompress(input: Buffer): Promise<Buffer>;
}
export type CompressionName = 'gzip' | 'snappy' | 'lz4' | 'zstd';

export const codecs: Readonly<Record<CompressionName, Codec>> = {
  gzip: codec(gzip, (input) => limited(gunzip(input, { maxOutputLength: inflatedLimit }))),
  snappy: codec(snappyCompress, (input) => snappyDecompress(input, inflatedLimit)),
  lz4: codec(lz4Compress, (input) => lz4Decompress(input, inflatedLimit)),
  zstd: codec(zstdCompress, (input) => limited(zstdDecompress(input, { maxOutputLength: inflatedLimit }))),
};

function codec(compress: (input: Buffer) => Promise<Buffer>, inflate: (input: Buffer) => Promise<Buffer>): Codec {
  return {
    compress: (encoder) => compress(encoder.buffer),
    decompress: async (input) => {
      try {
        return await inflate(input);
      } catch (error) {
        if (error instanceof TooLarge) return standInFor(input);
        throw error;
      }
    },
  };
}

async function limited(inflating: Promise<Buffer>): Promise<Buffer> {
  try {
    return await inflating;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw new TooLarge('beyond the limit');
    throw error;
  }
}
