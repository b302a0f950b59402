/**
 * What an alert says, before a channel gives it a form: what happened, how long is left or how late it is, who has it, how
 * grave it is, and where to look. Composed at send time, so that the time left is the time left then.
 */
import type { AlertContent } from '../../../shared/incidents/alert.ts';
import { DAILY_TITLE } from '../../../shared/incidents/daily-title.ts';
import { trimUtf8, utf8Length } from './utf8.ts';
import { alertWords, type AlertWords, type Language } from './words.ts';

export interface AlertToTell {
  readonly content: AlertContent;
  readonly items?: readonly AlertContent[];
  readonly link: string | null;
  readonly ackLink: string | null;
  readonly now: number;
}
export interface AlertMessage {
  /** One line for the subject of a mail or the title of a push message. */
  readonly subject: string;
  /** What it is about, in the words of the story; the first to be shortened. */
  readonly title: string;
  /** Time left, owner and the like, a line each. */
  readonly facts: readonly string[];
  /** A note, shortened after the title. */
  readonly note: string;
  /** What a digest lists: each in full, by code and title, and as short as it can be. */
  readonly items: readonly { readonly full: string; readonly brief: string; readonly short: string }[];
  readonly link: string | null;
  readonly ackLink: string | null;
  readonly words: AlertWords;
}

/** Control characters, line and paragraph separators, and marks that change the direction of text. */
const unwanted = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+/gu;
/** Text from outside on one line. */
export const oneLineOf = (text: string): string => text.replace(unwanted, ' ').trim();

const MINUTE = 60_000;

function durationWords(words: AlertWords, ms: number): string {
  const minutes = Math.floor(ms / MINUTE);
  return words.duration(Math.floor(minutes / 1_440), Math.floor((minutes % 1_440) / 60), minutes % 60);
}

function timeLine(words: AlertWords, content: AlertContent, now: number, timeZone: string): string | null {
  const { dueAt, clock } = content;
  if (dueAt === null || content.reason === 'withdrawn') return null;
  const time = new Intl.DateTimeFormat('zh-CN', {
    ...{ timeZone, month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).format(dueAt);
  const clockWord = clock === null ? null : words.clock[clock];
  return now <= dueAt
    ? words.left(clockWord, durationWords(words, dueAt - now), time)
    : words.late(clockWord, durationWords(words, now - dueAt), time);
}

function headOf(words: AlertWords, content: AlertContent): string {
  const grade = content.grade === null ? '' : `【${words.grade[content.grade]}】`;
  const code = content.code === null ? '' : `${oneLineOf(content.code)} `;
  const brand = content.brand === null ? '' : ` · ${trimUtf8(oneLineOf(content.brand), 80)}`;
  return `${grade}${code}${words.reason[content.reason]}${brand}`;
}

const titleOf = (words: AlertWords, { title }: AlertContent): string => (title === DAILY_TITLE ? words.daily : oneLineOf(title));

/** Messages of older versions have the words alone. */
function noteOf(words: AlertWords, { why, because }: AlertContent): string {
  const text = because === undefined ? why : words.because(because);
  return text === null ? '' : words.why(oneLineOf(text));
}

/** Bytes of a title in a digest's short lines. */
const BRIEF_TITLE_BYTES = 48;
/** Room for what a digest says beside its items: its head, its count and its link. */
const DIGEST_HEAD_BYTES = 500;

function briefOf(words: AlertWords, content: AlertContent): string {
  const { grade, code } = content;
  const about = [grade === null ? '' : words.grade[grade], code === null ? '' : oneLineOf(code)].filter(Boolean).join(' ');
  return `${about} ${trimUtf8(titleOf(words, content), BRIEF_TITLE_BYTES)}`.trim();
}

/** How many of the items, from the first one on, a text of `maxBytes` lists by code and title. */
export function itemsThatFit(items: readonly AlertContent[], maxBytes: number, language: Language): number {
  let left = maxBytes - DIGEST_HEAD_BYTES;
  let count = 0;
  for (const item of items) {
    // A tenth for the characters a channel has to escape.
    left -= 1.1 * (utf8Length(briefOf(alertWords[language], item)) + 1);
    if (left < 0) break;
    count += 1;
  }
  return count;
}

export function composeMessage(alert: AlertToTell, language: Language, timeZone: string): AlertMessage {
  const words = alertWords[language];
  const { content, now } = alert;
  const items = alert.items ?? [];
  const about = content.code !== null && content.reason !== 'withdrawn';
  const facts = [
    content.reason === 'test' ? words.testText : null,
    content.reason === 'drill' ? words.drillText : null,
    timeLine(words, content, now, timeZone),
    about ? (content.owner === null ? words.unclaimed : words.owner(trimUtf8(oneLineOf(content.owner), 120))) : null,
  ];
  return {
    subject: headOf(words, content),
    title: titleOf(words, content),
    facts: facts.filter((line) => line !== null),
    note: noteOf(words, content),
    items: items.map((item) => {
      const short = [item.grade === null ? '' : words.grade[item.grade], item.code ?? ''].filter(Boolean).join(' ') || titleOf(words, item);
      const line = [headOf(words, item), timeLine(words, item, now, timeZone), trimUtf8(titleOf(words, item), 120)];
      return { full: line.filter(Boolean).join(' · '), brief: briefOf(words, item), short: trimUtf8(short, 60) };
    }),
    link: alert.link,
    ackLink: alert.ackLink,
    words,
  };
}

/** How an item list may be written: every line in full, every item as short as it can be, or as many as fit and how many are left out. */
function* listings({ items, words }: AlertMessage): Generator<readonly string[]> {
  if (items.length === 0) return yield [];
  const head = words.held(items.length);
  yield [head, ...items.map(({ full }) => full)];
  yield [head, ...items.map(({ brief }) => brief)];
  for (let kept = items.length; kept > 0; kept = Math.min(kept - 1, Math.floor(kept * 0.9))) {
    const list = items
      .slice(0, kept)
      .map(({ short }) => short)
      .join('、');
    yield [head, list, ...(kept < items.length ? [words.more(items.length - kept)] : [])];
  }
  yield [head, words.more(items.length)];
}

/**
 * The message as lines of plain text of at most `maxBytes` bytes. The list is shortened first, then title and note; the link stays
 * whole. `escape` is applied to every line and counted.
 */
export function fittedText(message: AlertMessage, maxBytes: number, escape: (line: string) => string = (line) => line): string {
  const { subject, facts, link, ackLink, words } = message;
  const links = [...(link === null ? [] : [words.open(link)]), ...(ackLink === null ? [] : [words.acknowledge(ackLink)])];
  const write = (title: string, note: string, list: readonly string[]) =>
    [subject, title, ...facts, note, ...list, ...links]
      .filter((line) => line !== '')
      .map(escape)
      .join('\n');
  let shortest: readonly string[] = [];
  for (const list of listings(message)) {
    shortest = list;
    const text = write(message.title, message.note, list);
    if (utf8Length(text) <= maxBytes) return text;
  }
  let { title, note } = message;
  for (;;) {
    const text = write(title, note, shortest);
    const excess = utf8Length(text) - maxBytes;
    if (excess <= 0) return text;
    if (title !== '') title = trimUtf8(title, Math.max(0, Math.min(utf8Length(title) - 1, utf8Length(title) - Math.ceil(excess / 5))));
    else if (note !== '') note = trimUtf8(note, Math.max(0, Math.min(utf8Length(note) - 1, utf8Length(note) - Math.ceil(excess / 5))));
    // Nothing left to shorten: the links alone, which is what leads to the rest.
    else return trimUtf8(links.map(escape).join('\n'), maxBytes);
  }
}
