/** What a lead is told of gaps in the roster: one message that lists them all. */
import { rosterRoles } from '../../../shared/incidents/ladder.ts';
import type { RosterPerson } from '../../../shared/incidents/roster.ts';
import type { ComingGap } from '../../domain/escalation/coming-gaps.ts';
import { calledFor, type RosterBook } from '../../domain/escalation/roster.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import type { OutboxMessage } from '../ports/outbox.ts';
import { contactsOf } from './contacts.ts';

/** A gap is known by its beginning; 0 = since always. */
export const startOf = ({ from }: ComingGap): number => from ?? 0;

/**
 * The lead on duty; where none can be reached whoever may be put on a shift as lead, and else whoever is called for
 * anything. A gap is a week away, so a lead is also told outside their shifts.
 */
export function toldOfGaps(book: RosterBook, everyone: readonly RosterPerson[], at: number): readonly RosterPerson[] {
  const reachable = (people: readonly RosterPerson[]) => people.filter(book.reaches);
  const choices = [
    () => book.holders('lead', at),
    () => everyone.filter(({ roles }) => roles.includes('lead')),
    () => calledFor(book, [['director'], ['backup'], ['duty']], rosterRoles, at).people,
    () => everyone,
  ];
  for (const choice of choices) {
    const people = reachable(choice());
    if (people.length > 0) return people;
  }
  return [];
}

const two = (value: number): string => String(value).padStart(2, '0');

/** Month, day and time by the clocks of the business zone. */
function momentOf(calendar: Calendar, at: number): string {
  const day = calendar.dayOf(at);
  const hour = calendar.hourBucket(at) - day * 24;
  // Offsets of zones are whole minutes, so minutes of the hour follow from the start of the day.
  const minute = Math.floor((at - calendar.startOfDay(day)) / 60_000) % 60;
  return `${calendar.formatDay(day).slice(5)} ${two(hour)}:${two(minute)}`;
}

const spanOf = (calendar: Calendar, { from, to }: ComingGap): string =>
  [from, to].map((at) => (at === null ? '…' : momentOf(calendar, at))).join(' – ');

export function gapMessages(
  gaps: readonly ComingGap[],
  people: readonly RosterPerson[],
  calendar: Calendar,
  at: number,
): readonly OutboxMessage[] {
  const [first] = gaps;
  if (first === undefined) return [];
  return people.map(({ id, name, contacts }) => ({
    key: `roster_gap ${startOf(first)} ${id}`,
    incidentId: null,
    step: 'roster_gap',
    urgency: 'notice',
    person: { id, name },
    contacts: contactsOf({ contacts }),
    content: {
      ...{ reason: 'roster_gap', code: null, title: gaps.map((gap) => spanOf(calendar, gap)).join('；'), brand: null, grade: null },
      ...{ clock: null, dueAt: null, owner: null, why: null, generation: null },
    },
    dry: false,
    createdAt: at,
  }));
}
