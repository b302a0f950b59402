/** Facts and their sums for screens. */
import type { FactKind } from '../../../../shared/events/define.ts';
import { brandSet } from '../../../../shared/text/brand-key.ts';
import { policiesInForce } from '../settings.ts';
import type { FactTable } from '../fact-tables.ts';
import { factTables } from '../fact-tables.ts';
import { factOfRow } from '../fact-row.ts';
import type { MentionRow } from '../../../pipeline/ports/reads.ts';
import { mentionOfRow } from './mention-row.ts';
import type { Reader } from './reader.ts';

export function readFacts(reader: Reader, query: { kind: FactKind; from?: number; to?: number; limit: number }) {
  const table = factTables[query.kind] as FactTable<FactKind>;
  const conditions = [
    ...(query.from === undefined ? [] : [`${table.time} >= ${Number(query.from)}`]),
    ...(query.to === undefined ? [] : [`${table.time} < ${Number(query.to)}`]),
  ];
  const where = conditions.length ? `where ${conditions.join(' and ')}` : '';
  const rows = reader.rows(`select * from ${table.table} ${where} order by ${table.time} desc, key limit ?`).all(query.limit);
  return rows.map((row) => ({
    fact: factOfRow(query.kind, row['key'] as string, row['versions'] as string),
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

/** Own brands' negative mentions that were too old to open a clock and belong to no incident yet, newest first. */
export function readPendingHistory(reader: Reader, limit: number, now: number): { total: number; rows: MentionRow[] } {
  const brands = brandSet(policiesInForce(reader.rows, now).brands.own);
  const old = `m.history = 1 and m.deleted = 0 and m.polarity = 'negative'`;
  // SQL compares bytes: it gets every spelling there is of an own brand.
  const spellings = reader
    .rows(`select distinct m.brand as brand from mentions m where ${old}`)
    .all()
    .map((row) => row['brand']);
  const own = JSON.stringify(spellings.filter((brand) => typeof brand === 'string' && brands.has(brand)));
  const pending = `from mentions m where ${old} and m.brand in (select value from json_each(?))
    and not exists (select 1 from incident_mentions i where i.mention_key = m.key)`;
  const total = reader.rows(`select count(*) as n ${pending}`).get(own)?.['n'] as number;
  if (limit === 0) return { total, rows: [] };
  const rows = reader.rows(`select m.* ${pending} order by m.at desc, m.key limit ?`).all(own, limit);
  return { total, rows: rows.flatMap((row) => mentionOfRow(row) ?? []) };
}
