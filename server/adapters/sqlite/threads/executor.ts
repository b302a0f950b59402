/**
 * Executes steps on the one writing connection. A step that fails rolls its transaction
 * back, and what was posted behind it before anybody could know is passed over.
 */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { preparer } from '../prepared.ts';
import type { Failure, Outcome, RunStep, Step } from '../steps.ts';

/** A row that was to change exactly one stored row did not. */
const notOne = Symbol('not one');

export function createExecutor(db: DatabaseSync): (steps: readonly Step[]) => Outcome {
  const objects = preparer(db);
  const arrays = preparer(db, { arrays: true });
  let doomed = false;
  let row = 0;

  function run({ sql, width, values, blobs, exactlyOne }: RunStep): number {
    const statement = objects(sql);
    const rows = width === 0 ? 1 : values.length / width;
    let taken = 0;
    let changed = 0;
    for (row = 0; row < rows; row++) {
      const one: SQLInputValue[] = values.slice(row * width, (row + 1) * width);
      if (blobs) {
        const length = one[blobs.column];
        if (typeof length === 'number') one[blobs.column] = blobs.bytes.subarray(taken, (taken += length));
      }
      const { changes } = statement.run(...one);
      if (exactlyOne && changes !== 1) throw notOne;
      changed += changes as number;
    }
    return changed;
  }

  function perform(step: Step, results: unknown[]): void {
    row = 0;
    switch (step.do) {
      case 'run': {
        const changed = run(step);
        if (step.counted) results.push(changed);
        return;
      }
      case 'read':
        results.push((step.as === 'arrays' ? arrays : objects)(step.sql).all(...step.values));
        return;
      case 'begin':
        db.exec('begin immediate');
        return;
      case 'commit': {
        db.exec('commit');
        // Asks for the counters only; about a microsecond.
        const log = objects('pragma wal_checkpoint(noop)').get();
        results.push((log?.['log'] as number) - (log?.['checkpointed'] as number));
        return;
      }
      case 'rollback':
        rollBack(db);
    }
  }

  return (steps) => {
    const first = steps[0]?.do;
    if (first === 'begin') doomed = false;
    if (doomed && first !== 'rollback') return { abandoned: true };
    const results: unknown[] = [];
    let at = 0;
    try {
      for (; at < steps.length; at++) perform(steps[at] as Step, results);
      return { results };
    } catch (error) {
      doomed = true;
      rollBack(db);
      return { failure: { step: at, row, ...plain(error) } };
    }
  };
}

/** After a full disk SQLite has rolled back by itself, and an explicit rollback would throw. */
function rollBack(db: DatabaseSync): void {
  if (db.isTransaction) db.exec('rollback');
}

function plain(thrown: unknown): Pick<Failure, 'error'> {
  if (thrown === notOne) return {};
  const { message, stack, errcode } = thrown as Error & { errcode?: number };
  return { error: { message, ...(stack === undefined ? {} : { stack }), ...(errcode === undefined ? {} : { errcode }) } };
}
