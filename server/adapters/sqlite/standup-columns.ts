/** Promises and items of the stand-up as rows, for what writes them and for what lays out an earlier moment. */
import type { StandupItem, StandupPromise } from '../../../shared/standup/types.ts';
import type { Primitive } from './steps.ts';

/** In the order of `promiseValues`. A promise is found by any date it ever had. */
export const promiseColumns = ['id', 'who', 'state', 'first_due', 'last_due', 'document'] as const;

export function promiseValues(promise: StandupPromise): Primitive[] {
  const dues = [promise.dueAt, ...promise.moves.map(({ from }) => from)];
  return [promise.id, promise.who, promise.state, Math.min(...dues), Math.max(...dues), JSON.stringify(promise)];
}

/** In the order of `itemValues`. */
export const itemColumns = ['id', 'department', 'state', 'since', 'closed_at', 'document'] as const;

export function itemValues(item: StandupItem): Primitive[] {
  return [item.id, item.department, item.state, item.since, item.closedAt, JSON.stringify(item)];
}
