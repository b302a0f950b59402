/** What DuckDB's errors mean. It tells them apart by the first words of their message only. */

/** The file does not hold what was written into it: it must be written anew. */
export class DamagedLedger extends Error {
  override readonly name = 'DamagedLedger';
}

/** How a question failed, in the codes of the ledger port; null is a bug. */
export interface TaskFault {
  readonly code: string | null;
  readonly message: string;
}

/** Errors of the system, not of the file. */
const outside = /set lock|permission denied|no space|read-only file|too many open|disk quota/i;
const memory = /^Out of Memory|max_temp_directory_size|failed to (allocate|pin|offload)/i;
const damage = /^(IO|Serialization|Fatal|FATAL|INTERNAL|Internal|Corrupt\w*|Data) ?(Error|Exception)?|corrupt|checksum|invalidated/;

export function isOutOfMemory(error: unknown): boolean {
  return memory.test(messageOf(error)) || /no space/i.test(messageOf(error));
}

export function isDamage(error: unknown): boolean {
  const message = messageOf(error);
  return error instanceof DamagedLedger || (damage.test(message) && !outside.test(message) && !memory.test(message));
}

export function faultOf(error: unknown, timedOut: boolean, questionMs: number): TaskFault {
  if (timedOut)
    return { code: 'ledger_timeout', message: `the question took longer than ${questionMs / 1_000} s; ask for a shorter period` };
  if (isOutOfMemory(error))
    return { code: 'ledger_memory', message: 'the question needs more memory than the ledger may use; ask for a shorter period' };
  if (isDamage(error)) return { code: 'ledger_behind', message: 'the ledger’s file is damaged; it is written anew from the facts' };
  return { code: null, message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
