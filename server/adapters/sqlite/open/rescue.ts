/**
 * What can still be saved when the write-ahead log was removed or replaced under a running server.
 * The connection that writes has the log open and sees all of it; the other threads may meet another
 * file under its name. So that connection moves everything into the store's own file.
 */
import { renameSync } from 'node:fs';
import type { Post } from '../steps.ts';

/** After a failed transaction the connection passes over everything until the next begins. */
const clear = [{ do: 'begin' }, { do: 'rollback' }] as const;
const move = { do: 'read', sql: 'pragma wal_checkpoint(passive)', values: [], as: 'objects' } as const;

/** To be called between transactions. True when everything committed is in the store's own file now. */
export async function moveLogIntoFile(post: Post, file: string): Promise<boolean> {
  await post(clear);
  const outcome = await post([move]);
  if (!('results' in outcome)) return false;
  const [row] = outcome.results[0] as readonly { readonly log: number; readonly checkpointed: number }[];
  if (!row || row.log !== row.checkpointed) return false;
  setAside(`${file}-wal`);
  return true;
}

/** A copy of the log is older than what the file holds now, and the next start would play it over that. */
function setAside(log: string): void {
  try {
    renameSync(log, `${log}.not-ours`);
  } catch {
    // Removed, not replaced: there is nothing to set aside.
  }
}
