/** The ordinary reads over one connection whose tables stand as they were at a moment. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { constants } from 'node:sqlite';
import { Untold, type Moment } from '../../../pipeline/ports/past.ts';
import { readMethodsOver } from '../reads/read-methods.ts';
import { createReader } from '../reads/reader.ts';
import { numberOrNullIn, textIn } from '../row-values.ts';
import { createPastTables, type PastTables } from './past-tables.ts';

/** In place of an answer: the table that is kept only as it is now. */
interface UntoldAnswer {
  readonly untold: string;
}
export function isUntold(answer: unknown): answer is UntoldAnswer {
  return typeof answer === 'object' && answer !== null && 'untold' in answer;
}

/** Lower bounds of what a question asks about; mentions are laid out from there on. */
const bounds = ['from', 'since'] as const;

function mentionsFrom(args: readonly unknown[]): number | undefined {
  const given = args.flatMap((arg) =>
    typeof arg === 'object' && arg !== null ? bounds.map((name): unknown => Object.getOwnPropertyDescriptor(arg, name)?.value) : [],
  );
  const numbers = given.filter((value) => typeof value === 'number');
  return numbers.length === 0 ? undefined : Math.min(...numbers);
}

/** The connection may make temporary tables; the file itself it only reads. */
export function createPastMethods(db: DatabaseSync, timeZone: string) {
  const plain = createReader(db, timeZone);
  const named = new Map<string, readonly string[]>();
  let tables: PastTables | null = null;
  let from: number | undefined;

  /** The tables of the file that a statement reads. */
  function tablesIn(sql: string): readonly string[] {
    let found = named.get(sql);
    if (found === undefined) {
      const stored = new Set(
        db
          .prepare("select name from main.sqlite_schema where type = 'table'")
          .all()
          .map((row) => textIn(row, 'name')),
      );
      const seen = new Set<string>();
      db.setAuthorizer((action, table) => {
        if (action === constants.SQLITE_READ && table !== null && stored.has(table)) seen.add(table);
        return constants.SQLITE_OK;
      });
      try {
        db.prepare(sql);
      } finally {
        db.setAuthorizer(null);
      }
      named.set(sql, (found = [...seen]));
    }
    return found;
  }

  const seeing =
    (prepare: (sql: string) => StatementSync) =>
    (sql: string): StatementSync => {
      // A table that is laid out has other indexes than the one of the file.
      const plainly = sql.replaceAll(/\bindexed by \w+/gu, '');
      tables?.see(tablesIn(plainly), from);
      return prepare(plainly);
    };
  const reader = { ...plain, rows: seeing(plain.rows), arrays: seeing(plain.arrays) };
  const methods: Readonly<Record<string, (...args: never[]) => unknown>> = readMethodsOver(reader, (read) => read);

  /** A question about one story is about its mentions, from the first one on. */
  function firstMember(id: unknown): number | undefined {
    if (typeof id !== 'string') return undefined;
    const row = db.prepare('select min(published_at) as first from main.incident_mentions where incident_id = ?').get(id);
    return row && (numberOrNullIn(row, 'first') ?? undefined);
  }

  function leave(): void {
    if (tables !== null) db.exec('rollback');
    tables = null;
  }

  return {
    /** From now on until `leave`, everything is answered from one state of the store, as it was at the moment. */
    stand(moment: Moment): void {
      leave();
      db.exec('begin');
      tables = createPastTables(db, plain.calendar, moment);
    },
    leave,
    ask(method: string, args: readonly unknown[]): unknown {
      const found = methods[method];
      if (!found) throw new Error(`no method ${method} to read with`);
      if (tables === null) throw new Error('no moment to read at');
      from = mentionsFrom(args) ?? firstMember(args[0]);
      try {
        return Reflect.apply(found, undefined, args);
      } catch (error) {
        if (error instanceof Untold) return { untold: error.table } satisfies UntoldAnswer;
        throw error;
      }
    },
  };
}
