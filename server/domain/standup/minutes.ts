/** The minutes of a stand-up as plain text, as they are pasted into a chat, in the language of whoever reads them. */
import type { DueRow, StandupItem, StandupMinutes } from '../../../shared/standup/types.ts';
import type { Calendar } from '../time/calendar.ts';
import { minutesWords, type MinutesLanguage, type MinutesWords } from './minutes-words.ts';

/** Minutes without their text. */
export type MinutesFacts = Omit<StandupMinutes, 'text'>;

/** @param now UTC ms; dates of its day are written as a time alone */
export function minutesText(
  { day, since, before, owed, items }: MinutesFacts,
  calendar: Calendar,
  now: number,
  language: MinutesLanguage,
): string {
  const words = minutesWords[language];
  const { due, ...tally } = before.tally;
  const told = (['kept', 'missed', 'moved', 'open'] as const).filter((state) => state !== 'open' || tally.open > 0);
  const answered = told.map((state) =>
    language === 'en' ? `${tally[state]} ${words.states[state]}` : `${words.states[state]} ${tally[state]}`,
  );
  const closed = items.filter(({ state }) => state === 'closed');
  const waiting = items.filter(({ state }) => state === 'open');
  const parts = [
    [words.title(day)],
    [
      `${words.fellDue(since, due)}${words.colon}${answered.join(' · ')}`,
      ...before.rows.filter(({ state }) => state !== 'kept').map((row) => `- ${answerLine(row, calendar, words)}`),
    ],
    [words.owed(owed.length), ...owed.map((row) => `- ${row.who} · ${row.what} · ${whenOf(row.dueAt, calendar, now)}`)],
    [
      words.waiting(waiting.length),
      ...waiting.map((item) => `- ${itemLine(item, words)} · ${words.late(Math.max(0, calendar.dayOf(now) - calendar.dayOf(item.since)))}`),
    ],
    ...(closed.length === 0
      ? []
      : [[words.closed(closed.length), ...closed.map((item) => `- ${item.department} · ${item.matter}${words.colon}${item.note ?? ''}`)]]),
  ];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function answerLine({ state, who, what, movedTo, reason }: DueRow, calendar: Calendar, words: MinutesWords): string {
  const to = movedTo === null ? '' : words.movedTo(dateOf(movedTo, calendar));
  return `${words.states[state]}${to}${words.colon}${who} · ${what}${reason === null ? '' : words.because(reason)}`;
}

function itemLine({ department, matter, effect, contact }: StandupItem, words: MinutesWords): string {
  return [department, matter, ...(effect === null ? [] : [effect]), words.ask(contact)].join(' · ');
}

function whenOf(at: number, calendar: Calendar, now: number): string {
  return calendar.dayOf(at) === calendar.dayOf(now) ? timeOf(at, calendar) : dateOf(at, calendar);
}

function dateOf(at: number, calendar: Calendar): string {
  return `${calendar.formatDay(calendar.dayOf(at)).slice(5)} ${timeOf(at, calendar)}`;
}

/** 09:05 by the wall clock of the workspace. */
function timeOf(at: number, calendar: Calendar): string {
  const two = (n: number) => String(n).padStart(2, '0');
  // A day begins at a full hour of the wall clock wherever people live, and clocks change by whole hours or halves of them.
  const minute = Math.floor((at - calendar.startOfDay(calendar.dayOf(at))) / 60_000) % 60;
  return `${two(calendar.hourOf(at))}:${two(minute)}`;
}
