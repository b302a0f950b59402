/** Facts with all their versions, in chunks: what a recount at another moment is made from. */
import type { FactKind } from '../../../../shared/events/define.ts';
import type { FactVersion } from '../../../domain/facts.ts';
import type { FactWithHistory } from '../../../domain/fold/recount.ts';
import { factOfRow } from '../fact-row.ts';
import { decodeVersion } from '../version-text.ts';
import type { Reader } from './reader.ts';

/** Rows handled at once: bounds memory, keeps lookups cheap. */
const CHUNK = 500;

export function* chunks<T>(items: Iterable<T>): Generator<T[]> {
  let chunk: T[] = [];
  for (const item of items) {
    chunk.push(item);
    if (chunk.length === CHUNK) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length) yield chunk;
}

/** Facts of rows [key, versions]; history is read only where a cut by knowledge may need it. */
export function withHistory(
  reader: Reader,
  kind: FactKind,
  rows: readonly (readonly [string, string])[],
  history: boolean,
): FactWithHistory[] {
  const old = history
    ? historyOf(
        reader,
        kind,
        rows.map(([key]) => key),
      )
    : undefined;
  return rows.map(([key, versions]) => ({ fact: factOfRow(kind, key, versions), history: old?.get(key) ?? [] }));
}

/** Keys of a kind that have versions which no longer stand, or never did. */
export function keysWithHistory(reader: Reader, kind: FactKind): string[] {
  const rows = reader.arrays('select distinct key from fact_history where kind = ?').all(kind) as unknown as [string][];
  return rows.map(([key]) => key);
}

function historyOf(reader: Reader, kind: FactKind, keys: readonly string[]): Map<string, FactVersion[]> {
  const rows = reader
    .arrays('select h.key, h.text from json_each(?) j cross join fact_history h on h.kind = ? and h.key = j.value')
    .all(JSON.stringify(keys), kind) as unknown as [string, string][];
  const found = new Map<string, FactVersion[]>();
  for (const [key, text] of rows) {
    const list = found.get(key);
    const version = decodeVersion(text);
    if (list) list.push(version);
    else found.set(key, [version]);
  }
  return found;
}
