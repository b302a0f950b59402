/** The words of the minutes in both languages. */
import type { DueState } from '../../../shared/standup/states.ts';

export interface MinutesWords {
  readonly states: Readonly<Record<DueState, string>>;
  /** Between the name of a thing and what is said of it. */
  readonly colon: string;
  readonly title: (day: string) => string;
  readonly fellDue: (since: string, count: number) => string;
  readonly owed: (count: number) => string;
  readonly waiting: (count: number) => string;
  readonly closed: (count: number) => string;
  readonly movedTo: (date: string) => string;
  readonly because: (reason: string) => string;
  readonly ask: (contact: string) => string;
  readonly late: (days: number) => string;
}

export const minutesLanguages = ['zh-CN', 'en'] as const;
export type MinutesLanguage = (typeof minutesLanguages)[number];

const things = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;

export const minutesWords: Readonly<Record<MinutesLanguage, MinutesWords>> = {
  'zh-CN': {
    states: { open: '没说', kept: '守约', missed: '失约', moved: '改期' },
    colon: '：',
    title: (day) => `晨会纪要 ${day}`,
    fellDue: (since, count) => `${since} 以来到期 ${count} 件`,
    owed: (count) => `谁 · 做什么 · 什么时候（${count} 件）`,
    waiting: (count) => `待协调（${count} 项）`,
    closed: (count) => `今天了结（${count} 项）`,
    movedTo: (date) => `到 ${date}`,
    because: (reason) => `（${reason}）`,
    ask: (contact) => `找 ${contact}`,
    late: (days) => `已拖 ${days} 天`,
  },
  en: {
    states: { open: 'unanswered', kept: 'kept', missed: 'missed', moved: 'moved' },
    colon: ': ',
    title: (day) => `Minutes of the stand-up, ${day}`,
    fellDue: (since, count) => `${things(count, 'promise')} fell due since ${since}`,
    owed: (count) => `Who · what · by when (${count})`,
    waiting: (count) => `To be coordinated (${count})`,
    closed: (count) => `Closed today (${count})`,
    movedTo: (date) => ` to ${date}`,
    because: (reason) => ` (${reason})`,
    ask: (contact) => `ask ${contact}`,
    late: (days) => `${things(days, 'day')} old`,
  },
};
