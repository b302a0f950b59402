/** What the parts of a transaction share: the one writing connection, its prepared statements, its pace. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Pacer } from '../pacer.ts';

export interface TxContext {
  readonly db: DatabaseSync;
  readonly pacer: Pacer;
  /** UTC ms; only to tell which policies and targets are in force. */
  readonly now: () => number;
  /** Work other threads do for this transaction; the commit waits for it and then runs what it returns. */
  readonly beforeCommit: Promise<() => void>[];
}

/** Prepares a statement at first use and keeps it: parsing costs as much as ten executions. */
export function preparer(db: DatabaseSync, options?: { arrays: boolean }): (sql: string) => StatementSync {
  const prepared = new Map<string, StatementSync>();
  return (sql) => {
    let statement = prepared.get(sql);
    if (!statement) {
      statement = db.prepare(sql);
      if (options?.arrays) statement.setReturnArrays(true);
      prepared.set(sql, statement);
    }
    return statement;
  };
}

/** How many keys one lookup statement takes: bounds the time between two chances to give way. */
const LOOKUP_CHUNK = 500;

/** Runs `visit` for the rows of `sql` over `keys`, which it gets as one JSON array per chunk. */
export async function lookUp<R>(
  context: TxContext,
  statement: StatementSync,
  keys: readonly string[],
  visit: (row: R) => void,
  chunkSize: number = LOOKUP_CHUNK,
): Promise<void> {
  for (let from = 0; from < keys.length; from += chunkSize) {
    const chunk = keys.length <= chunkSize ? keys : keys.slice(from, from + chunkSize);
    for (const row of statement.all(JSON.stringify(chunk))) visit(row as R);
    const wait = context.pacer.pace();
    if (wait) await wait;
  }
}
