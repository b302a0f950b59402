/** Rows of facts as the snapshot's pages read them. */
import type { StatementSync } from 'node:sqlite';

export type Prepare = (sql: string) => StatementSync;

export interface FactRow {
  readonly key: string;
  readonly versions: string;
}

/** A list under its key, made when it is missing. */
export function push<V>(lists: Map<string, V[]>, key: string, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
