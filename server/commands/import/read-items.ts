/**
 * Cuts a file of events into the bytes of its items, lines as they come so that a file
 * of any size needs little memory. Bytes are passed on untouched: the server judges them.
 */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { splitArray } from '../../adapters/http/batch.ts';
import { withoutMark } from '../../pipeline/decode/byte-order-mark.ts';

export interface FileItem {
  /** `line 12`, or `item 12` of a JSON array; counted from one. */
  readonly place: string;
  readonly bytes: Uint8Array;
  /** Bytes of the file up to the end of this item, for the progress bar. */
  readonly fileOffset: number;
}
export class NotEvents extends Error {}

const LF = 0x0a;
const OPEN_ARRAY = 0x5b;
/** A line longer than this is no event and would fill the memory; it becomes one item of this length, which the server refuses. */
const LONGEST_LINE = 16 * 1_048_576;

/** Items of an NDJSON file, or of a JSON array when that is what the file starts with. Blank lines carry none. */
export async function* readItems(file: string): AsyncGenerator<FileItem> {
  if (await startsWithArray(file)) yield* itemsOfArray(await readFile(file));
  else yield* linesOf(createReadStream(file, { highWaterMark: 1_048_576 }));
}

async function startsWithArray(file: string): Promise<boolean> {
  for await (const chunk of createReadStream(file, { end: 4_095 })) {
    return firstByte(chunk as Buffer) === OPEN_ARRAY;
  }
  return false;
}

function firstByte(bytes: Uint8Array): number | undefined {
  return withoutMark(bytes).find((b) => b !== 0x20 && b !== 0x09 && b !== 0x0d && b !== LF);
}

function* itemsOfArray(bytes: Uint8Array): Generator<FileItem> {
  const cut = splitArray(bytes, Number.MAX_SAFE_INTEGER);
  if (!('items' in cut))
    throw new NotEvents('broken' in cut ? `the file is no whole JSON array: ${cut.broken}` : 'the file holds too many items');
  for (const [i, item] of cut.items.entries()) {
    // A line break inside an element is white space, and items travel as lines.
    const oneLine = Uint8Array.from(item, (b) => (b === LF || b === 0x0d ? 0x20 : b));
    yield { place: `item ${i + 1}`, bytes: oneLine, fileOffset: item.byteOffset - bytes.byteOffset + item.length };
  }
}

async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<FileItem> {
  let line = 0;
  let offset = 0;
  let rest: Buffer = Buffer.alloc(0);
  const item = (bytes: Buffer): FileItem | null => {
    line += 1;
    return firstByte(bytes) === undefined ? null : { place: `line ${line}`, bytes, fileOffset: offset };
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let newline = chunk.indexOf(LF); newline !== -1; newline = chunk.indexOf(LF, from)) {
      const part = chunk.subarray(from, newline);
      offset += newline + 1 - from;
      const made = item(rest.length === 0 ? part : Buffer.concat([rest, part]));
      rest = Buffer.alloc(0);
      if (made) yield made;
      from = newline + 1;
    }
    offset += chunk.length - from;
    if (rest.length < LONGEST_LINE) rest = Buffer.concat([rest, chunk.subarray(from)]);
  }
  const last = rest.length === 0 ? null : item(rest);
  if (last) yield last;
}
