/** Facts as they stood: tables of the small kinds, and mentions of a stretch of time. */
import type { DatabaseSync } from 'node:sqlite';
import type { FactKind } from '../../../../shared/events/define.ts';
import { isSynthetic } from '../../../domain/synthetic.ts';
import { mentionColumns } from '../../../domain/fold/mention.ts';
import type { FactVersion } from '../../../domain/facts.ts';
import { DAY_MS, type Calendar } from '../../../domain/time/calendar.ts';
import { factKinds } from '../../../pipeline/fold/fact-kinds.ts';
import type { Moment } from '../../../pipeline/ports/past.ts';
import { factOfRow } from '../fact-row.ts';
import { factTables, type FactTable } from '../fact-tables.ts';
import { shiftsOf, type ClockShifts } from '../receipt-text.ts';
import { numberIn, textIn } from '../row-values.ts';
import { policiesInForce } from '../settings.ts';
import { decodeVersion, encodeVersion } from '../version-text.ts';
import { pastFact } from './visible.ts';

/** Kinds whose columns follow from the fact alone and whose tables are small enough to be read whole. */
export const smallKinds = ['campaign', 'campaignPhase', 'campaignEnd', 'spend', 'engagement', 'move', 'traffic', 'content'] as const;
type SmallKind = (typeof smallKinds)[number];

/** Superseded versions by fact key. */
function historyOf(rows: readonly Readonly<Record<string, unknown>>[], shifts: ClockShifts): Map<string, FactVersion[]> {
  const found = new Map<string, FactVersion[]>();
  for (const row of rows) {
    const key = textIn(row, 'key');
    const versions = found.get(key) ?? [];
    found.set(key, versions);
    versions.push(decodeVersion(textIn(row, 'text'), shifts));
  }
  return found;
}

const writer = (db: DatabaseSync, { table, columns }: Pick<FactTable<FactKind>, 'table' | 'columns'>) =>
  db.prepare(`insert into temp.${table} (id, key, versions, ${columns.join(', ')}) values (?, ?, ?, ${columns.map(() => '?').join(', ')})`);

export function emptyCopy(db: DatabaseSync, table: string): void {
  db.exec(`create temp table ${table} as select * from main.${table} where 0`);
}

export function fillSmallKind<K extends SmallKind>(db: DatabaseSync, kind: K, calendar: Calendar, moment: Moment): void {
  const described: FactTable<K> = factTables[kind];
  const columnsOf = factKinds[kind].columns;
  const shifts = shiftsOf((sql) => db.prepare(sql));
  emptyCopy(db, described.table);
  if (columnsOf === null) return;
  const history = historyOf(db.prepare('select key, text from main.fact_history where kind = ?').all(kind), shifts);
  const insert = writer(db, described);
  for (const row of db.prepare(`select id, key, versions from main.${described.table}`).all()) {
    const key = textIn(row, 'key');
    const past = pastFact(factOfRow(kind, key, textIn(row, 'versions'), shifts), history.get(key) ?? [], moment);
    if (past === undefined) continue;
    const values = described.values(columnsOf(past.fact, calendar));
    insert.run(numberIn(row, 'id'), key, past.fact.versions.map((version) => encodeVersion(version, shifts)).join('\n'), ...values);
  }
}

/** Of small kinds only: whoever reads versions of other facts finds none. */
export function fillFactHistory(db: DatabaseSync, moment: Moment): void {
  const shifts = shiftsOf((sql) => db.prepare(sql));
  emptyCopy(db, 'fact_history');
  const insert = db.prepare('insert into temp.fact_history (kind, key, version, text) values (?, ?, ?, ?)');
  for (const kind of smallKinds) {
    const history = historyOf(db.prepare('select key, text from main.fact_history where kind = ?').all(kind), shifts);
    const standing = db.prepare(`select versions from main.${factTables[kind].table} where key = ?`);
    for (const [key, versions] of history) {
      const row = standing.get(key);
      const past = row && pastFact(factOfRow(kind, key, textIn(row, 'versions'), shifts), versions, moment);
      for (const version of past?.superseded ?? []) insert.run(kind, key, version.version, encodeVersion(version, shifts));
    }
  }
}

/** Mentions published from `from` on (UTC ms), judged by the threshold that was in force. */
export function fillMentions(db: DatabaseSync, calendar: Calendar, moment: Moment, from: number): void {
  const shifts = shiftsOf((sql) => db.prepare(sql));
  emptyCopy(db, 'mentions');
  const { threshold } = policiesInForce((sql) => db.prepare(sql), moment.at).polarity;
  // What is published a little ahead of our clock is accepted.
  const range = [from, moment.at + DAY_MS] as const;
  const history = historyOf(
    db
      .prepare(
        `select h.key, h.text from main.mentions m cross join main.fact_history h on h.kind = 'mention' and h.key = m.key
         where m.at >= ? and m.at < ?`,
      )
      .all(...range),
    shifts,
  );
  const insert = writer(db, factTables.mention);
  const rows = db.prepare('select id, key, versions from main.mentions where at >= ? and at < ?');
  for (const row of rows.iterate(...range)) {
    const key = textIn(row, 'key');
    const fact = factOfRow('mention', key, textIn(row, 'versions'), shifts);
    if (isSynthetic(fact.source)) continue;
    const past = pastFact(fact, history.get(key) ?? [], moment);
    if (past === undefined) continue;
    const values = factTables.mention.values(mentionColumns(past.fact, calendar, threshold));
    insert.run(numberIn(row, 'id'), key, past.fact.versions.map((version) => encodeVersion(version, shifts)).join('\n'), ...values);
  }
  db.exec('create index temp.past_mentions_by_time on mentions (at, brand, polarity, deleted)');
}
