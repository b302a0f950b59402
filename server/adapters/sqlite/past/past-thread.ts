/** Body of the thread that reads earlier moments: one connection of its own. */
import { workerData } from 'node:worker_threads';
import { openPastReader } from '../connection.ts';
import { serve } from '../threads/thread-server.ts';
import { createPastMethods } from './past-methods.ts';

const data: { readonly file: string; readonly timeZone: string } = workerData;
const db = openPastReader(data.file);

serve(createPastMethods(db, data.timeZone), () => db.close());
