/**
 * Which event a row of the ledger was caused by: the version that was received at the row's instant, of the fact the row
 * is of or, where a join moved the row, of a fact it is joined to (R26).
 */
import type { FactKind } from '../../../../shared/events/define.ts';
import type { EventType } from '../../../../shared/events/registry.ts';
import type { FactVersion } from '../../../domain/facts.ts';
import type { Cause } from '../../../domain/ledger/row.ts';
import type { CausedRow, CausingEvent } from '../../../pipeline/ports/reads.ts';
import { factTables } from '../fact-tables.ts';
import { numberIn, textIn } from '../row-values.ts';
import { decodeVersion, decodeVersions } from '../version-text.ts';
import type { Reader } from './reader.ts';

/** A version with the source of its fact. */
interface Known {
  readonly source: string;
  readonly version: FactVersion;
}
type ByKey = ReadonlyMap<string, readonly Known[]>;

/** What an event of the cause is of; of other causes it may be of any type. */
const typeOfCause: Partial<Record<Cause, EventType>> = {
  refund: 'sales.order.refunded',
  cancellation: 'sales.order.cancelled',
  reclassification: 'sentiment.reclassified',
  deletion: 'sentiment.deleted',
};

export function readCausingEvents(reader: Reader, rows: readonly CausedRow[]): (CausingEvent | null)[] {
  const own = new Map<FactKind, ByKey>();
  for (const kind of new Set(rows.map((row) => row.kind))) {
    if (kind !== 'customer') own.set(kind, versionsOf(reader, kind, keysOf(rows.filter((row) => row.kind === kind))));
  }
  return rows.map((row) => {
    if (row.cause === 'rule') return null;
    const versions = row.kind === 'customer' ? [] : (own.get(row.kind)?.get(row.entity) ?? []);
    const type = typeOfCause[row.cause];
    const found = receivedAt(versions, row, type);
    if (found) return found;
    const others = joined(reader, row, versions);
    return (
      receivedAt(others, row, type) ??
      receivedAt(versions, row) ??
      receivedAt(others, row) ??
      lastBefore(versions, row) ??
      lastBefore(others, row) ??
      null
    );
  });
}

function keysOf(rows: readonly CausedRow[]): string[] {
  return [...new Set(rows.map(({ entity }) => entity))];
}

/** Every version of the facts with these keys. */
function versionsOf(reader: Reader, kind: FactKind, keys: readonly string[]): ByKey {
  const list = JSON.stringify(keys);
  const found = new Map<string, Known[]>();
  const add = (key: string, versions: readonly FactVersion[]): void => {
    const source = key.slice(0, key.indexOf(' '));
    found.set(key, [...(found.get(key) ?? []), ...versions.map((version) => ({ source, version }))]);
  };
  const shifts = reader.shifts();
  const standing = `select f.key, f.versions from json_each(?) j cross join ${factTables[kind].table} f on f.key = j.value`;
  for (const row of reader.rows(standing).all(list)) add(textIn(row, 'key'), decodeVersions(textIn(row, 'versions'), shifts));
  const history = 'select h.key, h.text from json_each(?) j cross join fact_history h on h.kind = ? and h.key = j.value';
  for (const row of reader.rows(history).all(list, kind)) add(textIn(row, 'key'), [decodeVersion(textIn(row, 'text'), shifts)]);
  return found;
}

/** Versions of the facts a row's entity is joined to. */
function joined(reader: Reader, row: CausedRow, own: readonly Known[]): readonly Known[] {
  if (row.kind === 'customer') return ofCustomer(reader, row.entity);
  if (row.kind === 'order') return [...refundsOf(reader, [row.entity]), ...leadsNamed(reader, own)];
  if (row.kind === 'refund') {
    const orders = own.flatMap(({ source, version }) => ('orderId' in version.data ? [`${source} ${version.data.orderId}`] : []));
    const found = every(versionsOf(reader, 'order', orders));
    return [...found, ...leadsNamed(reader, found)];
  }
  return leadsNamed(reader, own);
}

function ofCustomer(reader: Reader, customerId: string): readonly Known[] {
  const last = reader.rows('select coalesce(max(id), 0) >> 15 as n from orders').get();
  const keys: string[] = [];
  for (let n = 0; n <= numberIn(last ?? {}, 'n'); n += 1) {
    for (const row of reader.rows('select key from orders where id >> 15 = ? and customer_id = ?').all(n, customerId))
      keys.push(textIn(row, 'key'));
  }
  const signed = `select key from lead_statuses where customer_id = ? and type = 'lead.signed'`;
  const signings = reader.rows(signed).all(customerId);
  const orders = every(versionsOf(reader, 'order', keys));
  const statuses = every(
    versionsOf(
      reader,
      'leadStatus',
      signings.map((row) => textIn(row, 'key')),
    ),
  );
  return [...orders, ...statuses, ...refundsOf(reader, keys), ...leadsNamed(reader, [...orders, ...statuses])];
}

function refundsOf(reader: Reader, orderKeys: readonly string[]): readonly Known[] {
  const sql = 'select r.key from json_each(?) j cross join refunds r on r.order_key = j.value';
  const keys = reader.rows(sql).all(JSON.stringify(orderKeys));
  return every(
    versionsOf(
      reader,
      'refund',
      keys.map((row) => textIn(row, 'key')),
    ),
  );
}

function leadsNamed(reader: Reader, versions: readonly Known[]): readonly Known[] {
  const ids = new Set(
    versions.flatMap(({ version }) => ('leadId' in version.data && version.data.leadId !== undefined ? [version.data.leadId] : [])),
  );
  if (ids.size === 0) return [];
  const sql = 'select l.key from json_each(?) j cross join leads l on l.lead_id = j.value';
  const keys = reader.rows(sql).all(JSON.stringify([...ids]));
  return every(
    versionsOf(
      reader,
      'lead',
      keys.map((row) => textIn(row, 'key')),
    ),
  );
}

const every = (versions: ByKey): readonly Known[] => [...versions.values()].flat();

/** Of several received at that instant the highest. */
function receivedAt(versions: readonly Known[], { received }: CausedRow, type?: EventType): CausingEvent | undefined {
  return highest(versions.filter(({ version }) => version.receivedAt === received && (type === undefined || version.type === type)));
}

function lastBefore(versions: readonly Known[], { received }: CausedRow): CausingEvent | undefined {
  return highest(versions.filter(({ version }) => version.receivedAt <= received));
}

function highest(versions: readonly Known[]): CausingEvent | undefined {
  const found = versions.reduce<Known | undefined>(
    (best, one) => (!best || one.version.version > best.version.version ? one : best),
    undefined,
  );
  return found && { source: found.source, id: found.version.eventId ?? null, type: found.version.type, time: found.version.occurredAt };
}
