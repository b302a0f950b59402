/** What a thrown error means to the client. Only infrastructure errors and express' own refusals are foreseen; the rest is a bug. */
import { Unavailable } from '../../pipeline/ports/errors.ts';
import { ledgerFault } from '../../pipeline/ports/ledger.ts';
import { overloaded, problem, type Reply } from './reply.ts';

/** Seconds after which asking again is sensible. */
const RETRY_LATER = '5';

/** @param id request id, which a 500 carries so that the log can be searched for it */
export function problemOfError(error: unknown, id: string): { readonly reply: Reply; readonly isBug: boolean } {
  if (error instanceof Unavailable) return { reply: unavailable(error), isBug: false };
  const status = foreseenStatus(error);
  if (status !== null) return { reply: problem(status, 'bad_request', 'the request cannot be read'), isBug: false };
  return {
    reply: problem(500, 'internal_error', 'something went wrong here; the log knows more under this id', { instance: id }),
    isBug: true,
  };
}

function unavailable(error: Unavailable): Reply {
  if (error.code === 'overloaded') return overloaded('more is coming in than can be counted in time');
  if (error.code === 'disk_full')
    return problem(507, error.code, 'the disk is full; nothing was taken', { headers: { 'retry-after': RETRY_LATER } });
  // What the ledger says tells what to do: wait, or ask for a shorter period.
  if (ledgerFault(error) !== undefined) return problem(503, error.code, error.message, { headers: { 'retry-after': RETRY_LATER } });
  return problem(503, error.code, 'not available right now; nothing was taken, and the same request may succeed later', {
    headers: { 'retry-after': RETRY_LATER },
  });
}

/** Express and its file server mark refusals of requests (a path that cannot be decoded, a bad range) with a 4xx status. */
function foreseenStatus(error: unknown): number | null {
  if (typeof error !== 'object' || error === null) return null;
  const status = (error as { status?: unknown }).status;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}
