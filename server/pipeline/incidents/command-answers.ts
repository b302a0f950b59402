/**
 * The same command id always gets the same answer [C2]. Kept is the outcome, not the document that went with it: a repeat
 * is told again that it won or lost, beside the incident as it stands now.
 */
import type { Refusal } from '../ports/refusal.ts';
import type { StoreTx } from '../ports/transaction.ts';

export interface CommandOutcome {
  /** What the command was for, so that an id used twice for different things is found out. */
  readonly subject: string;
  readonly incidentId: string | null;
  readonly refusal: Pick<Refusal, 'status' | 'code' | 'detail' | 'path'> | null;
}

/** The outcome once given to `commandId`, or that of `act`, remembered in the same transaction. */
export async function answeredOnce(
  tx: StoreTx,
  command: { readonly commandId: string; readonly subject: string; readonly at: number },
  act: () => Promise<Omit<CommandOutcome, 'subject'>>,
): Promise<CommandOutcome> {
  const stored = await tx.commandAnswer(command.commandId);
  if (stored !== undefined) {
    const outcome = JSON.parse(stored) as CommandOutcome;
    if (outcome.subject === command.subject) return outcome;
    const detail = 'This commandId was used for another command; choose a new one.';
    return { subject: command.subject, incidentId: outcome.incidentId, refusal: { status: 422, code: 'command_id_reused', detail } };
  }
  const outcome = { subject: command.subject, ...(await act()) };
  // About nothing we know: not an answer to hold to, and not a row a stranger may make us keep.
  if (outcome.incidentId === null) return outcome;
  await tx.putCommandAnswer(command.commandId, JSON.stringify(outcome), command.at);
  return outcome;
}
