/** The minutes of a stand-up as plain text, as they are pasted into a chat. They are read by people who speak the language of the workspace. */
import type { DueRow, StandupItem, StandupMinutes } from '../../../shared/standup/types.ts';
import type { Calendar } from '../time/calendar.ts';

const states = { open: '没说', kept: '守约', missed: '失约', moved: '改期' } as const;

/** Minutes without their text. */
export type MinutesFacts = Omit<StandupMinutes, 'text'>;

/** @param now UTC ms; dates of its day are written as a time alone */
export function minutesText({ day, since, before, owed, items }: MinutesFacts, calendar: Calendar, now: number): string {
  const { due, kept, missed, moved, open } = before.tally;
  const answered = [`守约 ${kept}`, `失约 ${missed}`, `改期 ${moved}`, ...(open > 0 ? [`没说 ${open}`] : [])].join(' · ');
  const closed = items.filter(({ state }) => state === 'closed');
  const waiting = items.filter(({ state }) => state === 'open');
  const parts = [
    [`晨会纪要 ${day}`],
    [
      `${since} 以来到期 ${due} 件：${answered}`,
      ...before.rows.filter(({ state }) => state !== 'kept').map((row) => `- ${answerLine(row, calendar)}`),
    ],
    [
      `谁 · 做什么 · 什么时候（${owed.length} 件）`,
      ...owed.map((row) => `- ${row.who} · ${row.what} · ${whenOf(row.dueAt, calendar, now)}`),
    ],
    [
      `待协调（${waiting.length} 项）`,
      ...waiting.map((item) => `- ${itemLine(item)} · 已拖 ${Math.max(0, calendar.dayOf(now) - calendar.dayOf(item.since))} 天`),
    ],
    ...(closed.length === 0
      ? []
      : [[`今天了结（${closed.length} 项）`, ...closed.map((item) => `- ${item.department} · ${item.matter}：${item.note ?? ''}`)]]),
  ];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function answerLine({ state, who, what, movedTo, reason }: DueRow, calendar: Calendar): string {
  const to = movedTo === null ? '' : `到 ${dateOf(movedTo, calendar)}`;
  return `${states[state]}${to}：${who} · ${what}${reason === null ? '' : `（${reason}）`}`;
}

function itemLine({ department, matter, effect, contact }: StandupItem): string {
  return [department, matter, ...(effect === null ? [] : [effect]), `找 ${contact}`].join(' · ');
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
