/** Body of the thread that owns the writing connection: statements, commits and syncs, off the event loop. */
import { parentPort, workerData } from 'node:worker_threads';
import { openWriter } from '../connection.ts';
import { createExecutor } from './executor.ts';
import type { Outcome, Step } from '../steps.ts';

export interface WriteCall {
  readonly id: number;
  /** null closes the connection and ends the thread. */
  readonly steps: readonly Step[] | null;
}
export type WriteAnswer = Outcome & { readonly id: number };

const port = parentPort;
if (!port) throw new Error('this file is the body of a worker thread');
const db = openWriter((workerData as { file: string }).file);
const execute = createExecutor(db);

port.on('message', ({ id, steps }: WriteCall) => {
  if (steps) {
    port.postMessage({ id, ...execute(steps) } satisfies WriteAnswer);
    return;
  }
  db.close();
  port.postMessage({ id, results: [] } satisfies WriteAnswer);
  port.close();
});
