/** A process whose writing thread cannot live: `node child-writer-lost.ts <file in no folder>`. Goes on for ever unless that ends it. */
import { openWriteConnection } from '../../../../server/adapters/sqlite/threads/write-connection.ts';

openWriteConnection(process.argv[2] ?? '');
setInterval(() => undefined, 60_000);
