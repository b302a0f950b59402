/** Facts and their sums for screens. */
import type { FactKind } from '../../../../shared/events/define.ts';
import type { FactTable } from '../fact-tables.ts';
import { factTables } from '../fact-tables.ts';
import { factOfRow } from '../fact-row.ts';
import type { Reader } from './reader.ts';

export function readFacts(reader: Reader, query: { kind: FactKind; from?: number; to?: number; limit: number }) {
  const table = factTables[query.kind] as FactTable<FactKind>;
  const conditions = [
    ...(query.from === undefined ? [] : [`${table.time} >= ${Number(query.from)}`]),
    ...(query.to === undefined ? [] : [`${table.time} < ${Number(query.to)}`]),
  ];
  const where = conditions.length ? `where ${conditions.join(' and ')}` : '';
  const shifts = reader.shifts();
  const rows = reader.rows(`select * from ${table.table} ${where} order by ${table.time} desc, key limit ?`).all(query.limit);
  return rows.map((row) => ({
    fact: factOfRow(query.kind, row['key'] as string, row['versions'] as string, shifts),
    columns: table.read(row),
  }));
}

export function readEngagement(reader: Reader) {
  return reader
    .arrays('select campaign_id, total(reads), total(likes), total(shares) from engagement group by campaign_id')
    .all()
    .map((row) => {
      const [campaignId, reads, likes, shares] = row as unknown as [string, number, number, number];
      return { campaignId, reads, likes, shares };
    });
}

/** Numbers arrive as doubles, hence the cast: 9 ÷ 10 is slot 0. */
export function readMentionSlots(reader: Reader, { from, to, stepMs }: { from: number; to: number; stepMs: number }) {
  return reader
    .arrays(
      `select cast((at - ?1) / ?3 as integer), brand, polarity, count(*) from mentions
       where at >= ?1 and at < ?2 and deleted = 0 and brand is not null group by 1, 2, 3`,
    )
    .all(from, to, stepMs)
    .map((row) => {
      const [slot, brand, polarity, count] = row as unknown as [number, string, string, number];
      return { slot, brand, polarity, count };
    });
}
