/** Body of a reading thread: one read-only connection. */
import { workerData } from 'node:worker_threads';
import { openReader } from '../connection.ts';
import { serve } from '../threads/thread-server.ts';
import { createReadMethods } from './read-methods.ts';
import type { ReadThreadData } from './reads.ts';

const { file, timeZone, opens } = workerData as ReadThreadData;
const db = openReader(file);

serve(createReadMethods(db, timeZone, opens), () => db.close());
