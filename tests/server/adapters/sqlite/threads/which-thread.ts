/** Body of a thread that tells which one it is. */
import { threadId } from 'node:worker_threads';
import { serve } from '../../../../../server/adapters/sqlite/threads/thread-server.ts';

serve({ which: () => threadId }, () => undefined);
