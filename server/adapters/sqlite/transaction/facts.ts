/** Facts in and out, in batches: the hot path of the store. */
import type { FactKind } from '../../../../shared/events/define.ts';
import type { Fact, FactVersion } from '../../../domain/facts.ts';
import { topVersion } from '../../../domain/facts.ts';
import { isOwnJudgement } from '../../../domain/fold/own-judgement.ts';
import type { FactRef, FactWrite, LoadedFact, StoreTx } from '../../../pipeline/ports/transaction.ts';
import { factOfRow } from '../fact-row.ts';
import type { FactTable } from '../fact-tables.ts';
import { factTables } from '../fact-tables.ts';
import { decodeVersion, encodeVersion, encodeVersions } from '../version-text.ts';
import type { Primitive } from '../steps.ts';
import type { TxContext } from './context.ts';
import { lookUp, paced } from './context.ts';
import { groupedFacts } from './grouped-facts.ts';
import { leadsBeside } from './leads-beside.ts';

type Facts = Pick<
  StoreTx,
  | 'loadFacts'
  | 'factsByKey'
  | 'refundsOfOrders'
  | 'ordersOfLeads'
  | 'leadsById'
  | 'signingsOfLeads'
  | 'leadsBeside'
  | 'factHistory'
  | 'putFacts'
  | 'pageFacts'
>;

interface Writer {
  readonly values: FactTable<FactKind>['values'];
  /** Both take the values of the columns, then versions and key. */
  readonly insert: string;
  readonly update: string;
}
const writers = new Map<FactKind, Writer>();

function writerOf(kind: FactKind): Writer {
  let writer = writers.get(kind);
  if (!writer) {
    const { table, columns, values } = factTables[kind] as FactTable<FactKind>;
    const marks = '?, '.repeat(columns.length);
    const assignments = columns.map((c) => `${c} = ?`).join(', ');
    writer = {
      values,
      // Versions may come as bytes.
      insert: `insert into ${table} (${columns.join(', ')}, versions, key) values (${marks}cast(? as text), ?)`,
      update: `update ${table} set ${assignments}, versions = cast(? as text) where key = ?`,
    };
    writers.set(kind, writer);
  }
  return writer;
}

const notStored = (values: readonly Primitive[]): Error => new Error(`no stored fact ${values.at(-1)} to change`);
const unknown: LoadedFact = { fact: undefined, seen: undefined };
const keepVersion = 'insert into fact_history (kind, key, version, text) values (?, ?, ?, ?) on conflict do nothing';

/** Judgements of our own lie below zero: their numbers are the source's to use, and one history holds both. */
const placeOf = (version: FactVersion): number => (isOwnJudgement(version) ? -version.version : version.version);

export function factsPart(context: TxContext): Facts {
  const { transaction, clock } = context;

  async function byKey(kind: FactKind, keys: readonly string[]): Promise<Map<string, Fact>> {
    const found = new Map<string, Fact>();
    const { table } = factTables[kind];
    const sql = `select f.key, f.versions from json_each(?) j cross join ${table} f on f.key = j.value`;
    await lookUp<[string, string]>(context, sql, keys, ([key, versions]) => found.set(key, factOfRow(kind, key, versions, clock.shifts)));
    return found;
  }

  /** Facts of one table grouped by a column that names what they join. */
  function joined(kind: FactKind, column: string, ids: readonly string[], condition = ''): Promise<Map<string, Fact[]>> {
    const { table } = factTables[kind];
    const sql = `select f.${column}, f.key, f.versions from json_each(?) j cross join ${table} f on f.${column} = j.value ${condition}`;
    return groupedFacts(context, kind, sql, [...new Set(ids)]);
  }

  /** Stored versions that no longer stand, at the index of the ref that names them. */
  async function historic(refs: readonly (FactRef | undefined)[]): Promise<Map<number, FactVersion>> {
    const found = new Map<number, FactVersion>();
    const asked = refs.flatMap((ref, i) => (ref ? [[i, ref.kind, ref.key, ref.version]] : []));
    if (asked.length === 0) return found;
    const rows = await transaction.rows<[number, string]>(
      `select j.value ->> 0, h.text from json_each(?) j cross join fact_history h
       on h.kind = j.value ->> 1 and h.key = j.value ->> 2 and h.version = j.value ->> 3`,
      [JSON.stringify(asked)],
    );
    await paced(context, rows, ([i, text]) => found.set(i, decodeVersion(text, clock.shifts)));
    return found;
  }

  async function loadFacts(refs: readonly FactRef[]): Promise<LoadedFact[]> {
    // A key that occurs twice is read twice: rare, and cheaper than to look for it in every batch.
    const keys = new Map<FactKind, string[]>();
    for (const ref of refs) {
      const list = keys.get(ref.kind);
      if (list) list.push(ref.key);
      else keys.set(ref.kind, [ref.key]);
    }
    const kinds = [...keys];
    const found = await Promise.all(kinds.map(([kind, list]) => byKey(kind, list)));
    const facts = new Map(kinds.map(([kind], i) => [kind, found[i] as Map<string, Fact>]));
    const loaded = refs.map((ref) => {
      const fact = facts.get(ref.kind)?.get(ref.key);
      if (!fact) return unknown;
      return { fact, seen: fact.versions.find((v) => v.version === ref.version) };
    });
    const old = await historic(
      refs.map((ref, i) => {
        const { fact, seen } = loaded[i] as LoadedFact;
        return fact && !seen && ref.version < topVersion(fact) ? ref : undefined;
      }),
    );
    return old.size === 0 ? loaded : loaded.map((one, i) => ({ ...one, seen: one.seen ?? old.get(i) }));
  }

  function put({ fact, columns, history, isNew }: FactWrite): void {
    if (!fact.key.startsWith(fact.source) || fact.key[fact.source.length] !== ' ')
      throw new Error(`fact key ${fact.key} does not begin with its source ${fact.source}`);
    const writer = writerOf(fact.kind);
    const values = writer.values(columns as never);
    const rest = [encodeVersions(fact.versions, clock.shifts), fact.key];
    if (isNew) transaction.run(writer.insert, values, undefined, rest);
    else transaction.run(writer.update, values, notStored, rest);
    for (const v of history) transaction.run(keepVersion, [fact.kind, fact.key, placeOf(v), encodeVersion(v, clock.shifts)]);
  }

  return {
    loadFacts,
    factsByKey: (kind, keys) => byKey(kind, [...new Set(keys)]),
    refundsOfOrders: (orderKeys) => joined('refund', 'order_key', orderKeys),
    ordersOfLeads: (leadIds) => joined('order', 'lead_id', leadIds),
    leadsById: (leadIds) => joined('lead', 'lead_id', leadIds),
    signingsOfLeads: (leadIds) => joined('leadStatus', 'lead_id', leadIds, `and f.type = 'lead.signed'`),

    leadsBeside: (places, direction, limit) => leadsBeside(context, places, direction, limit),

    async factHistory(kind, keys) {
      const found = new Map<string, FactVersion[]>();
      const sql = `select h.key, h.text from json_each(?) j cross join fact_history h on h.kind = '${kind}' and h.key = j.value`;
      await lookUp<[string, string]>(context, sql, [...new Set(keys)], ([key, text]) => {
        const list = found.get(key);
        if (list) list.push(decodeVersion(text, clock.shifts));
        else found.set(key, [decodeVersion(text, clock.shifts)]);
      });
      return found;
    },

    putFacts: (writes) => paced(context, writes, put),

    async pageFacts(kind, afterKey, limit) {
      const { table } = factTables[kind];
      const found: Fact[] = [];
      const rows = await transaction.rows<[string, string]>(`select key, versions from ${table} where key > ? order by key limit ?`, [
        afterKey ?? '',
        limit,
      ]);
      await paced(context, rows, ([key, versions]) => found.push(factOfRow(kind, key, versions, clock.shifts)));
      return found;
    },
  };
}
