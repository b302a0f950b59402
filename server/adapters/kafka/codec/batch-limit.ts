/**
 * A compressed batch may inflate a thousandfold. Beyond a limit it is not inflated;
 * a stand-in takes its place, so that the partition moves on, the neighbours are
 * read, and the batch is quarantined by size like any other record too large [I13].
 *
 * The client library offers no way to say "this batch is unreadable, go on", but
 * it hands a codec a view into the fetched bytes, and the batch's header lies before
 * it (Kafka record batch, magic 2: kafka.apache.org/documentation/#recordbatch).
 */

/** Inflated bytes of one batch. A producer's request limit is 1 MB before compression, so honest batches stay far below. */
export const inflatedLimit = 32 * 1024 * 1024;

/** Thrown by codecs: the batch inflates beyond the limit. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** Distances back from the first compressed byte to fields of the batch header. */
const header = { length: 53, magic: 45, lastOffsetDelta: 38, recordCount: 4, size: 61 };
/** Length field to end of header: what the length counts besides the compressed bytes. */
const countedHeader = 49;
const mostRecords = 1_000_000;

interface StandIn {
  readonly compressed: Uint8Array;
  readonly records: number;
}
const standIns = new WeakMap<ArrayBufferLike, StandIn>();

/**
 * Record bytes that decode to as many empty records as the batch claims, the last one at
 * its true offset. Throws when the bytes are no batch of this format.
 */
export function standInFor(compressed: Buffer): Buffer {
  const before = compressed.byteOffset;
  if (before < header.size) throw new TooLarge('a compressed batch without its header in reach');
  const around = new DataView(compressed.buffer, before - header.size, header.size);
  const at = (back: number) => header.size - back;
  const records = around.getInt32(at(header.recordCount));
  const lastDelta = around.getInt32(at(header.lastOffsetDelta));
  const wellFormed =
    around.getInt8(at(header.magic)) === 2 &&
    around.getInt32(at(header.length)) === compressed.length + countedHeader &&
    records >= 1 &&
    records <= mostRecords &&
    lastDelta >= records - 1;
  if (!wellFormed) throw new TooLarge('a compressed batch of an unknown format inflates beyond the limit');

  const out = Buffer.from(new ArrayBuffer(records * 12 + 16));
  let end = 0;
  for (let index = 0; index < records; index += 1) {
    const delta = varint(index === records - 1 ? lastDelta : index);
    // attributes, timestamp delta, offset delta, no key, empty value, no headers
    const body = [0, 0, ...delta, ...varint(-1), 0, 0];
    out.set([body.length * 2, ...body], end);
    end += 1 + body.length;
  }
  standIns.set(out.buffer, { compressed: Buffer.from(compressed), records });
  return out.subarray(0, end);
}

/** What a value stands for, when it came out of `standInFor`. */
export function standInOf(value: Uint8Array): StandIn | undefined {
  return standIns.get(value.buffer);
}

/** Zig-zag variable-length integer, as records use it. Non-negative below 2^30, or −1. */
function varint(value: number): number[] {
  let rest = value < 0 ? value * -2 - 1 : value * 2;
  const bytes: number[] = [];
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}
