/** Statements are prepared at first use and kept: parsing costs as much as ten executions. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';

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
