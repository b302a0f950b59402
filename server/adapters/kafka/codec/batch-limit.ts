/**
 * A compressed batch may inflate a thousandfold. Beyond a limit it is not inflated and a stand-in
 * takes its place, so that the partition is read on and the batch is quarantined by size like any
 * other record that is too large [I13].
 *
 * The client library offers no way to skip an unreadable batch. It hands a codec a view into the
 * fetched bytes, however, and the header of the batch lies before that view (Kafka record batch,
 * magic 2: kafka.apache.org/documentation/#recordbatch), so the stand-in can have the right offsets.
 */

/**
 * The most bytes that one batch may inflate to. A producer's request limit is 1 MB before compression, so ordinary
 * batches stay far below.
 */
export const inflatedLimit = 32 * 1024 * 1024;

/** Thrown by codecs when a batch would inflate beyond the limit. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** Distances in bytes from the first compressed byte back to fields of the batch header. */
const header = { length: 53, magic: 45, lastOffsetDelta: 38, recordCount: 4, size: 61 };
/** Header bytes that the length field counts besides the compressed bytes. */
const countedHeader = 49;
const mostRecords = 1_000_000;

interface StandIn {
  readonly compressed: Uint8Array;
  readonly records: number;
}
const standIns = new WeakMap<ArrayBufferLike, StandIn>();

/**
 * Makes the bytes of a batch that decodes to as many empty records as the header of the compressed
 * batch claims, the last of them at its true offset. Throws if the bytes are no batch of this format.
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

/** The compressed batch that a value stands for; undefined for a value that `standInFor` did not make. */
export function standInOf(value: Uint8Array): StandIn | undefined {
  return standIns.get(value.buffer);
}

/** A zig-zag variable-length integer, as records contain it; `value` is −1 or from 0 up to 2^30. */
function varint(value: number): number[] {
  let rest = value < 0 ? value * -2 - 1 : value * 2;
  const bytes: number[] = [];
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}
