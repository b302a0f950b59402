/** Who owes what today: the promises that are due, and those whose date is over and that nobody answered. */
import type { PromisesGroup } from '../../../../shared/wire/views/promises.ts';
import { rowCaps } from '../../../domain/projection/row-caps.ts';
import { duesIn, openDuesBefore } from '../../../domain/standup/dues.ts';
import type { ViewParts } from './view-parts.ts';

/** Groups that show promises change with these, and with the business day. */
export async function promisesGroup(
  { reads, calendar, clock }: Pick<ViewParts, 'reads' | 'calendar' | 'clock'>,
  most: number = rowCaps.promises,
): Promise<PromisesGroup> {
  const now = clock.now();
  const day = calendar.dayOf(now);
  const today = { from: calendar.startOfDay(day), to: calendar.startOfDay(day + 1) };
  const promises = await reads.standupPromises(today);
  const dues = duesIn(promises, today, calendar, now);
  const owed = [...openDuesBefore(promises, today.from, calendar, now), ...dues.filter(({ state }) => state === 'open')];
  const answered = dues.filter(({ state }) => state !== 'open');
  const rows = [...owed, ...answered].slice(0, most);
  return {
    rows: rows.map(({ id, shortName, what, who, dueAt, state }) => ({ id, title: shortName ?? what, who, dueAt, state })),
    owed: owed.length,
    kept: answered.filter(({ state }) => state === 'kept').length,
    missed: answered.filter(({ state }) => state === 'missed').length,
    total: owed.length + answered.length,
  };
}
