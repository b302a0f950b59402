/** Blocks of ledger rows as they were written, decoded. */
import type { StatementSync } from 'node:sqlite';
import { zstdDecompressSync } from 'node:zlib';
import type { LedgerRow } from '../../../domain/ledger/row.ts';
import type { LedgerBlock } from '../../../pipeline/ports/ledger-source.ts';
import { decodeRows } from '../ledger-block.ts';
import { bytesIn, numberIn } from '../row-values.ts';

const behind = 'select position, rows, content from ledger_blocks where position > ? order by position, part';
/** What a part written without compression begins with. */
const BRACE = 0x7b;

export function readBlocks(prepare: (sql: string) => StatementSync, after: number, maxRows: number): LedgerBlock[] {
  const blocks: { position: number; rows: LedgerRow[] }[] = [];
  let taken = 0;
  for (const part of prepare(behind).iterate(after)) {
    const position = numberIn(part, 'position');
    let block = blocks.at(-1);
    if (block?.position !== position) {
      if (block && taken >= maxRows) break;
      block = { position, rows: [] };
      blocks.push(block);
    }
    for (const row of decodeRows(textOf(bytesIn(part, 'content')))) block.rows.push(row);
    taken += numberIn(part, 'rows');
  }
  return blocks;
}

function textOf(content: Uint8Array): string {
  const bytes = content[0] === BRACE ? content : zstdDecompressSync(content);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
}
