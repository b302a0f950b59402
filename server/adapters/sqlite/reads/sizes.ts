/** How much there is. */
import type { FactKind } from '../../../../shared/events/define.ts';
import { factTables } from '../fact-tables.ts';
import type { Reader } from './reader.ts';

const others: Readonly<Record<string, string>> = {
  history: 'select count(*) as n from fact_history',
  customers: 'select count(*) as n from customer_rows',
  incidents: 'select count(*) as n from incidents',
  openIncidents: `select count(*) as n from incidents where status not in ('resolved', 'false_alarm', 'merged')`,
  armedClocks: `select count(*) as n from clocks where state = 'armed'`,
  audit: 'select count(*) as n from audit',
  outbox: 'select count(*) as n from outbox',
  quarantineOpen: `select count(*) as n from quarantine where state = 'open'`,
  rawRecords: 'select coalesce(sum(records), 0) as n from raw_blocks',
  logRecords: 'select coalesce(sum(next_offset - first_offset), 0) as n from log_ends',
  leftLogs: 'select count(*) as n from logs where caught_up = 0',
  overRefunded: 'select count(*) as n from orders where over_refunded = 1',
};

/** Facts by kind, and the other things people ask how many there are of. */
export function readCounts(reader: Reader): Record<string, number> {
  const counts: Record<string, number> = {};
  const count = (sql: string): number => reader.rows(sql).get()?.['n'] as number;
  for (const kind of Object.keys(factTables) as FactKind[]) counts[kind] = count(`select count(*) as n from ${factTables[kind].table}`);
  for (const [name, sql] of Object.entries(others)) counts[name] = count(sql);
  return counts;
}
