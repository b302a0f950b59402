/** Body of a reading thread: one read-only connection. */
import { workerData } from 'node:worker_threads';
import { openReader } from '../connection.ts';
import { serve } from '../threads/thread-server.ts';
import { createReadMethods } from './read-methods.ts';

const { file, timeZone } = workerData as { file: string; timeZone: string };
const db = openReader(file);

serve(createReadMethods(db, timeZone), () => db.close());
