/** Which periods are final: the closings people recorded, and the late windows known when each day ended. */
import { closingBook, type ClosingBook, type HandClosing } from '../../domain/closing/closing-book.ts';
import { lateHours, type ReadingsVersion } from '../../domain/targets/readings-book.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import type { StoreReads } from '../ports/reads.ts';

export interface Recorded {
  readonly workspaceSince: number;
  readonly byHand: readonly HandClosing[];
  readonly readings: readonly ReadingsVersion[];
}
export type ClosingReads = Pick<StoreReads, 'closings' | 'policyHistory'>;

export async function recordedClosings(reads: ClosingReads): Promise<Recorded> {
  const [closings, readings] = await Promise.all([reads.closings(), reads.policyHistory('readings')]);
  return { ...closings, readings };
}

export function bookOf({ workspaceSince, byHand, readings }: Recorded, calendar: Calendar): ClosingBook {
  return closingBook({ calendar, workspaceSince, byHand, lateHours: lateHours(readings, calendar) });
}

export async function closingsOf(reads: ClosingReads, calendar: Calendar): Promise<ClosingBook> {
  return bookOf(await recordedClosings(reads), calendar);
}
