/** What people promise each other, and what becomes of it. */
import type { PromiseCommand, PromiseDocument, StandupLine, StandupPromise } from '../../../shared/standup/types.ts';
import type { Calendar } from '../time/calendar.ts';
import { dueAtOf } from './due.ts';
import { incomplete, refuse, versionMismatch, type StandupRefusal } from './refusal.ts';

/** A changed promise with the line that tells the change. */
export interface PromiseChange {
  readonly promise: StandupPromise;
  readonly line: Omit<StandupLine, 'seq'>;
}

/** @param at server time the request arrived, UTC ms */
export function enterPromise(id: string, document: PromiseDocument, at: number, calendar: Calendar): PromiseChange | StandupRefusal {
  const { actor, what, who, due } = document;
  const lacking = incomplete('A promise', [
    ['what', what],
    ['who', who],
    ['due', due],
  ]);
  if (lacking) return lacking;
  if (what === undefined || who === undefined || due === undefined) throw new Error('a complete promise lacks a part');
  const dueAt = dueAtOf(due, calendar, at);
  if (typeof dueAt !== 'number') return dueAt;
  const promise: StandupPromise = {
    ...{ id, version: 1, what, who, dueAt, state: 'open', moves: [], answeredAt: null, answeredBy: null, reason: null },
    ...{ shortName: document.shortName || null, department: document.department || null, enteredBy: actor, enteredAt: at },
  };
  return { promise, line: { at, actor, action: 'promised', detail: { what, who, dueAt } } };
}

export function decidePromise(
  promise: StandupPromise,
  command: PromiseCommand,
  at: number,
  calendar: Calendar,
): PromiseChange | StandupRefusal {
  const forbidden = forbids(promise, command);
  if (forbidden) return forbidden;
  const { actor } = command;
  const next = { ...promise, version: promise.version + 1 };
  switch (command.type) {
    case 'keep':
      return changed(
        { ...next, state: 'kept', answeredAt: at, answeredBy: actor, reason: null },
        { at, actor, action: 'kept', detail: {} },
      );
    case 'miss': {
      const reason = command.reason || null;
      return changed(
        { ...next, state: 'missed', answeredAt: at, answeredBy: actor, reason },
        { at, actor, action: 'missed', detail: { reason } },
      );
    }
    case 'move': {
      const to = dueAtOf(command.due, calendar, at);
      if (typeof to !== 'number') return to;
      const { reason } = command;
      const move = { from: promise.dueAt, to, reason, actor, at };
      return changed(
        { ...next, dueAt: to, moves: [...promise.moves, move] },
        { at, actor, action: 'moved', detail: { from: move.from, to, reason } },
      );
    }
    case 'reopen': {
      const detail = { was: promise.state, reason: command.reason || null };
      return changed(
        { ...next, state: 'open', answeredAt: null, answeredBy: null, reason: null },
        { at, actor, action: 'reopened', detail },
      );
    }
  }
}

const changed = (promise: StandupPromise, line: PromiseChange['line']): PromiseChange => ({ promise, line });

/** The command's own rule comes before the version: whoever lost a race is told who won [SU3]. */
function forbids(promise: StandupPromise, command: PromiseCommand): StandupRefusal | null {
  const answered = promise.state !== 'open';
  if (command.type === 'reopen' && !answered) return refuse(409, 'not_answered', 'The promise is open.');
  if (command.type !== 'reopen' && answered) {
    return refuse(409, 'already_answered', `${promise.answeredBy ?? 'Somebody'} has said already that it was ${promise.state}.`);
  }
  return command.expectedVersion === promise.version ? null : versionMismatch('promise', promise.version, command.expectedVersion);
}
