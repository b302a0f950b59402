/** Sums of cells as they stand. */
import { cellFamilies } from '../../../domain/cells.ts';
import type { DimValue } from '../../../domain/dim-value.ts';
import type { CellQuery, CellRow } from '../../../pipeline/ports/reads.ts';
import { memoised, selector, Sums } from './group-dims.ts';
import type { Reader } from './reader.ts';

export function readCells(reader: Reader, query: CellQuery): CellRow[] {
  const family = cellFamilies[query.family];
  const select = selector(family.dims, query);
  const groupOf = memoised((dims) => select(JSON.parse(dims) as DimValue[]));
  // Integer sums past 2^53 cannot be read as numbers; `total` adds doubles, exact up to there and rounded beyond.
  const measures = family.measures.map((_, i) => `total(m${i})`).join(', ');
  const bucket = query.perBucket ? 'bucket' : 'null';
  const rows = reader
    .arrays(
      `select ${bucket}, dims, ${measures} from cells where family = ? and bucket >= ? and bucket < ?
       group by ${query.perBucket ? 'bucket, dims' : 'dims'}`,
    )
    .all(query.family, query.from, query.to) as unknown as [number | null, string, ...number[]][];
  const sums = new Sums();
  for (const [at, dims, ...values] of rows) {
    const group = groupOf(dims);
    if (group) sums.add(at, group, values);
  }
  return sums.rows();
}
