/** Errors of a start that a person can act on; they are printed as one line without a stack. Every other error is a bug. */
import { StoreCorrupt } from '../adapters/sqlite/errors.ts';
import { SchemaMismatch } from '../adapters/sqlite/open/migrate.ts';
import { StoreInUse } from '../adapters/sqlite/open/store-lock.ts';
import { Unavailable } from '../pipeline/ports/errors.ts';

export function isStartupFailure(error: unknown): error is Error {
  if ([StoreInUse, SchemaMismatch, StoreCorrupt, Unavailable].some((kind) => error instanceof kind)) return true;
  return error instanceof Error && (error.cause as NodeJS.ErrnoException | undefined)?.code === 'EADDRINUSE';
}
