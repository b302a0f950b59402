/** Facts in and out, in batches: the hot path of the store. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { FactKind } from '../../../../shared/events/define.ts';
import type { Fact } from '../../../domain/facts.ts';
import { topVersion } from '../../../domain/facts.ts';
import type { FactRef, FactWrite, LoadedFact, StoreTx } from '../../../pipeline/ports.ts';
import { factOfRow } from '../fact-row.ts';
import type { FactTable } from '../fact-tables.ts';
import { factTables } from '../fact-tables.ts';
import { decodeVersion, encodeVersion, encodeVersions } from '../version-text.ts';
import type { TxContext } from './context.ts';
import { lookUp, preparer } from './context.ts';

type Facts = Pick<
  StoreTx,
  'loadFacts' | 'factsByKey' | 'refundsOfOrders' | 'ordersOfLeads' | 'leadsById' | 'signingsOfLeads' | 'putFacts' | 'pageFacts'
>;

/** Writes between two looks at the clock. */
const PACE_EVERY = 64;

interface Writer {
  readonly values: FactTable<FactKind>['values'];
  readonly insert: StatementSync;
  readonly update: StatementSync;
}

/** Both statements take the facet's values, then versions and key. */
function createWriter(db: DatabaseSync, { table, columns, values }: FactTable<FactKind>): Writer {
  const marks = '?, '.repeat(columns.length + 1);
  const assignments = columns.map((c) => `${c} = ?`).join(', ');
  return {
    values,
    insert: db.prepare(`insert into ${table} (${columns.join(', ')}, versions, key) values (${marks}?)`),
    update: db.prepare(`update ${table} set ${assignments}, versions = ? where key = ?`),
  };
}

export function factsPart(context: TxContext): Facts {
  const rows = preparer(context.db, { arrays: true });
  const run = preparer(context.db);

  async function byKey(kind: FactKind, keys: readonly string[]): Promise<Map<string, Fact>> {
    const found = new Map<string, Fact>();
    const { table } = factTables[kind];
    const statement = rows(`select f.key, f.versions from json_each(?) j cross join ${table} f on f.key = j.value`);
    await lookUp<[string, string]>(context, statement, keys, ([key, versions]) => found.set(key, factOfRow(kind, key, versions)));
    return found;
  }

  /** Facts of one table grouped by a column that names what they join. */
  async function joined(kind: FactKind, column: string, ids: readonly string[], condition = ''): Promise<Map<string, Fact[]>> {
    const found = new Map<string, Fact[]>();
    const { table } = factTables[kind];
    const statement = rows(
      `select f.${column}, f.key, f.versions from json_each(?) j cross join ${table} f on f.${column} = j.value ${condition}`,
    );
    await lookUp<[string, string, string]>(context, statement, [...new Set(ids)], ([id, key, versions]) => {
      const list = found.get(id);
      const fact = factOfRow(kind, key, versions);
      if (list) list.push(fact);
      else found.set(id, [fact]);
    });
    // One order for any store and any history of writes: the fold must not depend on disk order.
    for (const list of found.values()) if (list.length > 1) list.sort((a, b) => (a.key < b.key ? -1 : 1));
    return found;
  }

  function historic(ref: FactRef) {
    const row = rows('select text from fact_history where kind = ? and key = ? and version = ?').get(ref.kind, ref.key, ref.version);
    return row ? decodeVersion((row as unknown as [string])[0]) : undefined;
  }

  async function loadFacts(refs: readonly FactRef[]): Promise<LoadedFact[]> {
    const keys = new Map<FactKind, Set<string>>();
    for (const ref of refs) {
      const set = keys.get(ref.kind);
      if (set) set.add(ref.key);
      else keys.set(ref.kind, new Set([ref.key]));
    }
    const facts = new Map<FactKind, Map<string, Fact>>();
    for (const [kind, set] of keys) facts.set(kind, await byKey(kind, [...set]));
    return refs.map((ref) => {
      const fact = facts.get(ref.kind)?.get(ref.key);
      if (!fact) return { fact: undefined, seen: undefined };
      const seen = fact.versions.find((v) => v.version === ref.version);
      return { fact, seen: seen ?? (ref.version < topVersion(fact) ? historic(ref) : undefined) };
    });
  }

  const writers = new Map<FactKind, Writer>();
  function writerOf(kind: FactKind): Writer {
    let writer = writers.get(kind);
    if (!writer) {
      writer = createWriter(context.db, factTables[kind] as FactTable<FactKind>);
      writers.set(kind, writer);
    }
    return writer;
  }

  function put({ fact, facet, isNew }: FactWrite): void {
    if (!fact.key.startsWith(fact.source) || fact.key[fact.source.length] !== ' ')
      throw new Error(`fact key ${fact.key} does not begin with its source ${fact.source}`);
    const writer = writerOf(fact.kind);
    const values = writer.values(facet as never, fact);
    values.push(encodeVersions(fact.versions), fact.key);
    if (isNew) writer.insert.run(...values);
    else if (writer.update.run(...values).changes !== 1) throw new Error(`no stored ${fact.kind} ${fact.key} to change`);
  }

  return {
    loadFacts,
    factsByKey: (kind, keys) => byKey(kind, [...new Set(keys)]),
    refundsOfOrders: (orderKeys) => joined('refund', 'order_key', orderKeys),
    ordersOfLeads: (leadIds) => joined('order', 'lead_id', leadIds),
    leadsById: (leadIds) => joined('lead', 'lead_id', leadIds),
    signingsOfLeads: (leadIds) => joined('leadStatus', 'lead_id', leadIds, `and f.type = 'lead.signed'`),

    async putFacts(writes) {
      let sincePace = 0;
      for (const write of writes) {
        put(write);
        for (const v of write.history) {
          run('insert into fact_history (kind, key, version, text) values (?, ?, ?, ?) on conflict do nothing').run(
            write.fact.kind,
            write.fact.key,
            v.version,
            encodeVersion(v),
          );
        }
        if (++sincePace === PACE_EVERY) {
          sincePace = 0;
          const wait = context.pacer.pace();
          if (wait) await wait;
        }
      }
    },

    async pageFacts(kind, afterKey, limit) {
      const { table } = factTables[kind];
      const found = rows(`select key, versions from ${table} where key > ? order by key limit ?`).all(afterKey ?? '', limit);
      const wait = context.pacer.pace();
      if (wait) await wait;
      return (found as unknown as [string, string][]).map(([key, versions]) => factOfRow(kind, key, versions));
    },
  };
}
