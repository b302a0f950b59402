/** Body of a thread that counts one share of the ledger anew. */
import { parentPort, workerData } from 'node:worker_threads';
import { addRow, emptyFingerprint } from '../adapters/duckdb/offline/fingerprint.ts';
import { recountShare, type RecountMessage, type RecountOrder } from './recount.ts';

const order: RecountOrder = workerData;
const tell = (message: RecountMessage): void => parentPort?.postMessage(message);

const print = emptyFingerprint();
const position = recountShare(
  order,
  (row) => addRow(print, row),
  (done, total) => tell({ done, total }),
);
tell({ recounted: { print, position } });
