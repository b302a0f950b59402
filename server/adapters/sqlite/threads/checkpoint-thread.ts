/** Body of the thread that moves pages from the write-ahead log into the file: seconds of disk work the event loop must not wait for. */
import { DatabaseSync } from 'node:sqlite';
import { workerData } from 'node:worker_threads';
import { serve } from './thread-server.ts';

const db = new DatabaseSync((workerData as { file: string }).file, { timeout: 0 });
db.exec('pragma wal_autocheckpoint = 0; pragma synchronous = full; pragma cache_size = -256');
const checkpoint = db.prepare('pragma wal_checkpoint(passive)');

serve(
  {
    /** Moves what no reader still needs; the pages of log that are left. */
    checkpoint: (): number => {
      const { log, checkpointed } = checkpoint.get() as { log: number; checkpointed: number };
      return log - checkpointed;
    },
  },
  () => db.close(),
);
