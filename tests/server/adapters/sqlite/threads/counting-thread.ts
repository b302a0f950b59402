/** Body of a thread that tells how many messages came to it, and that stands still while told to. */
import { parentPort, workerData } from 'node:worker_threads';
import { serve } from '../../../../../server/adapters/sqlite/threads/thread-server.ts';

const gate: Int32Array = workerData;
/** Above what a quick read takes by any measure. */
const SLOW_MS = 5;
let messages = 0;
parentPort?.on('message', () => (messages += 1));

serve(
  {
    messages: () => messages,
    fail: () => {
      throw new Error('no such row');
    },
    slow: () => {
      const until = performance.now() + SLOW_MS;
      while (performance.now() < until);
      Atomics.wait(gate, 0, 1);
    },
  },
  () => undefined,
);
