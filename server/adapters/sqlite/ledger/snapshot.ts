/**
 * Every entity the ledger has rows of, from one state of the store. Who is named only by versions that no longer stand is found
 * in tables of the connection's own: they grow with the number of facts, lie in the system's folder for temporary files and
 * go with the connection, while memory holds a page.
 */
import { DatabaseSync } from 'node:sqlite';
import { defaultPolarity } from '../../../../shared/kpi/polarity.ts';
import type { FactKind } from '../../../../shared/events/define.ts';
import type { EntityMembers, FactWithHistory } from '../../../domain/ledger/members.ts';
import { kindsWithRows } from '../../../domain/ledger/registry.ts';
import type { ThresholdSince } from '../../../domain/ledger/rebuild.ts';
import type { LedgerSnapshot, Share } from '../../../pipeline/ports/ledger-source.ts';
import { factTables } from '../fact-tables.ts';
import { preparer } from '../prepared.ts';
import { numberIn, numberOrNullIn, textIn } from '../row-values.ts';
import { createMembersReader, type MembersReader } from './members.ts';
import { makeNamingTables } from './naming-tables.ts';
import type { Prepare } from './rows.ts';

/** Rows of a page. */
const PAGE = 500;
const CACHE_KB = 16_384;
const BUSY_MS = 2_000;

/** Rows of a page can be given by tests. */
export function openSnapshot(file: string, page: number = PAGE): LedgerSnapshot {
  const db = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS });
  try {
    db.exec(`pragma cache_size = -${CACHE_KB}; pragma temp_store = file`);
    const prepare = preparer(db);
    db.exec('begin');
    // The first read fixes the state; tables of our own are no part of it.
    const position = numberIn(prepare(`select value from counters where name = 'ledger'`).get() ?? {}, 'value');
    makeNamingTables(db);
    const reader = createMembersReader(prepare);
    return {
      position,
      total: totalOf(prepare),
      thresholds: thresholdsOf(prepare),
      *entities(share = whole) {
        const of: Reading = { prepare, reader, page, share };
        yield* orders(of);
        yield* orphans(of);
        yield* customers(of);
        yield* contacts(of);
        for (const kind of singleKinds) yield* singles(of, kind);
      },
      facts: (kind) => factPages({ prepare, reader, page, share: whole }, kind),
      close: () => db.close(),
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

const whole: Share = { index: 0, of: 1 };

interface Reading {
  readonly prepare: Prepare;
  readonly reader: MembersReader;
  /** Rows of a page. */
  readonly page: number;
  /** Pages are dealt out to the shares in turn: whoever has none of a page only walks over its keys. */
  readonly share: Share;
}

const singleKinds: readonly FactKind[] = [...kindsWithRows];

function totalOf(prepare: Prepare): number {
  const rows = ['orders', 'temp.orphans', ...singleKinds.map((kind) => factTables[kind].table)].map(
    (table) => `select count(*) as n from ${table}`,
  );
  const named = [
    'select count(distinct customer_id) as n from temp.naming',
    `select count(distinct contact) as n from temp.contacts where contact <> ''`,
    `select count(*) as n from temp.contacts where contact = ''`,
  ];
  return [...rows, ...named].reduce((sum, sql) => sum + numberIn(prepare(sql).get() ?? {}, 'n'), 0);
}

type Page = readonly EntityMembers[];

function* orders(of: Reading): Generator<Page> {
  for (const rows of pages(of, 'orders')) yield of.reader.orders(rows).map((members): EntityMembers => ({ entity: 'order', members }));
}

function* orphans({ prepare, reader, page, share }: Reading): Generator<Page> {
  const next = prepare('select order_key from temp.orphans where order_key > ? order by order_key limit ?');
  let after = '';
  for (let turn = 0; ; turn++) {
    const keys = next.all(after, page).map((row) => textIn(row, 'order_key'));
    const last = keys.at(-1);
    if (last === undefined) return;
    if (isOurs(turn, share)) yield reader.orphans(keys).map((members): EntityMembers => ({ entity: 'order', members }));
    after = last;
  }
}

function* customers({ prepare, reader, page, share }: Reading): Generator<Page> {
  const next = prepare('select customer_id, kind, id from temp.naming where customer_id > ? order by customer_id, kind, id limit ?');
  const rest = prepare('select customer_id, kind, id from temp.naming where customer_id = ? order by kind, id');
  let after = '';
  for (let turn = 0; ; turn++) {
    const rows = next.all(after, page).map(namingOf);
    const last = rows.at(-1);
    if (!last) return;
    // The last customer of a page may go on behind it.
    const complete = rows.filter(({ customerId }) => customerId !== last.customerId);
    const some = rows.length < page ? rows : complete.length > 0 ? complete : rest.all(last.customerId).map(namingOf);
    if (isOurs(turn, share)) yield reader.customers(some).map((members): EntityMembers => ({ entity: 'customer', members }));
    after = some.at(-1)?.customerId ?? last.customerId;
  }
}

const namingOf = (row: Readonly<Record<string, unknown>>) => ({
  customerId: textIn(row, 'customer_id'),
  kind: numberIn(row, 'kind') === 0 ? ('order' as const) : ('leadStatus' as const),
  id: numberIn(row, 'id'),
});

/** Leads without a contact come one by one, the others with their contact, of which all leads are taken at once. */
function* contacts({ prepare, reader, page, share }: Reading): Generator<Page> {
  const next = prepare('select contact, lead_id from temp.contacts where (contact, lead_id) > (?, ?) order by contact, lead_id limit ?');
  const rest = prepare('select contact, lead_id from temp.contacts where contact = ? and lead_id > ? order by lead_id');
  const read = (row: Readonly<Record<string, unknown>>) => ({ contact: textIn(row, 'contact'), leadId: textIn(row, 'lead_id') });
  let [contact, leadId] = ['', ''];
  for (let turn = 0; ; turn++) {
    const rows = next.all(contact, leadId, page).map(read);
    const last = rows.at(-1);
    if (!last) return;
    if (last.contact !== '') rows.push(...rest.all(last.contact, last.leadId).map(read));
    if (isOurs(turn, share)) yield contactsOf(rows, reader);
    contact = last.contact;
    leadId = rows.at(-1)?.leadId ?? last.leadId;
  }
}

function contactsOf(rows: readonly { readonly contact: string; readonly leadId: string }[], reader: MembersReader): Page {
  const byId = new Map(reader.leads([...new Set(rows.map((row) => row.leadId))]).map((lead) => [lead.leadId, lead]));
  return [...Map.groupBy(rows, (row) => row.contact)].flatMap(([of, ofContact]): EntityMembers[] => {
    const leads = ofContact.flatMap((row) => byId.get(row.leadId) ?? []);
    if (of !== '') return [{ entity: 'contact', members: { contact: of, leads } }];
    return leads.map((lead) => ({ entity: 'contact', members: { contact: null, leads: [lead] } }));
  });
}

function* singles(of: Reading, kind: FactKind): Generator<Page> {
  for (const facts of factPages(of, kind)) yield facts.map((members): EntityMembers => ({ entity: 'fact', members }));
}

function* factPages(of: Reading, kind: FactKind): Generator<readonly FactWithHistory[]> {
  for (const rows of pages(of, factTables[kind].table)) yield of.reader.facts(kind, rows);
}

/** The share's rows of a table of facts in the order they came. */
function* pages({ prepare, page, share }: Reading, table: string) {
  const next = prepare(`select id, key, versions from ${table} where id > ? order by id limit ?`);
  const lastOf = prepare(`select max(id) as id from (select id from ${table} where id > ? order by id limit ?)`);
  let after = 0;
  for (let turn = 0; ; turn++) {
    if (!isOurs(turn, share)) {
      const last = numberOrNullIn(lastOf.get(after, page) ?? {}, 'id');
      if (last === null) return;
      after = last;
      continue;
    }
    const rows = next.all(after, page);
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map((row) => ({ key: textIn(row, 'key'), versions: textIn(row, 'versions') }));
    after = numberIn(last, 'id');
  }
}

const isOurs = (turn: number, { index, of }: Share): boolean => turn % of === index;

/** In force at an instant is what was set by then and is effective: the latest effective date wins, then the later word. */
function thresholdsOf(prepare: Prepare): ThresholdSince[] {
  const versions = prepare(`select value, effective_from, set_at from policies where name = 'polarity' order by effective_from, version`)
    .all()
    .map((row, rank) => ({
      rank,
      since: Math.max(numberIn(row, 'effective_from'), numberIn(row, 'set_at')),
      threshold: thresholdIn(JSON.parse(textIn(row, 'value'))),
    }));
  const thresholds: ThresholdSince[] = [{ since: Number.NEGATIVE_INFINITY, threshold: defaultPolarity.threshold }];
  let rank = -1;
  for (const version of versions.sort((a, b) => a.since - b.since || a.rank - b.rank)) {
    if (version.rank < rank) continue;
    ({ rank } = version);
    if (thresholds.at(-1)?.since === version.since) thresholds.pop();
    thresholds.push({ since: version.since, threshold: version.threshold });
  }
  return thresholds;
}

function thresholdIn(value: unknown): number {
  if (typeof value === 'object' && value !== null && 'threshold' in value && typeof value.threshold === 'number') return value.threshold;
  throw new Error('a stored polarity policy has no threshold');
}
