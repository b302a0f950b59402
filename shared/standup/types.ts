/**
 * The stand-up: what people promised (who, what, by when), and what waits for another department. Types follow from the
 * schemas. Instants are UTC ms.
 */
import * as z from 'zod';
import { characters, typed } from '../text/bounded-text.ts';
import { dueStates, itemStates, promiseStates } from './states.ts';

/** What was told is not changed afterwards. */
const readOnly = <S extends z.core.$ZodLooseShape>(shape: S) => z.object(shape).readonly();
const rows = <T extends z.ZodType>(row: T) => z.array(row).readonly();
const instant = z.number().meta({ description: 'UTC ms' });

const move = readOnly({ from: instant, to: instant, reason: z.string(), actor: z.string(), at: instant });

export const standupPromise = readOnly({
  id: z.string(),
  version: z.int(),
  what: z.string(),
  shortName: z.string().nullable().meta({ description: 'What the wall shows instead of `what`' }),
  who: z.string(),
  department: z.string().nullable(),
  dueAt: instant,
  state: z.enum(promiseStates),
  moves: rows(move).meta({ description: 'Every time it got another date, oldest first' }),
  answeredAt: instant.nullable(),
  answeredBy: z.string().nullable(),
  reason: z.string().nullable().meta({ description: 'Why it was missed' }),
  enteredBy: z.string(),
  enteredAt: instant,
});
export type StandupPromise = z.infer<typeof standupPromise>;

/** A promise as it stood, or stands, on one of the dates it was due. */
export const dueRow = readOnly({
  id: z.string(),
  version: z.int(),
  what: z.string(),
  shortName: z.string().nullable(),
  who: z.string(),
  department: z.string().nullable(),
  dueAt: instant.meta({ description: 'The date of this row, UTC ms' }),
  state: z.enum(dueStates),
  movedTo: instant.nullable(),
  reason: z.string().nullable().meta({ description: 'Why it was missed or moved' }),
  carried: z.int().meta({ description: 'On how many mornings an open promise came up again after its date' }),
});
export type DueRow = z.infer<typeof dueRow>;

export const standupItem = readOnly({
  id: z.string(),
  version: z.int(),
  department: z.string(),
  matter: z.string(),
  effect: z.string().nullable().meta({ description: 'What it blocks' }),
  contact: z.string().meta({ description: 'Who to talk to' }),
  since: instant,
  state: z.enum(itemStates),
  closedAt: instant.nullable(),
  closedBy: z.string().nullable(),
  note: z.string().nullable().meta({ description: 'How it was closed, or why it was opened again' }),
  enteredBy: z.string(),
  enteredAt: instant,
});
export type StandupItem = z.infer<typeof standupItem>;

export const standupSubjects = ['promise', 'item'] as const;
export type StandupSubject = (typeof standupSubjects)[number];

/** One thing somebody said: who, what and when. */
export const standupLine = readOnly({
  seq: z.int().meta({ description: 'Rises over all promises and items' }),
  at: instant,
  actor: z.string(),
  action: z.enum(['promised', 'kept', 'missed', 'moved', 'reopened', 'raised', 'closed']),
  detail: z.record(z.string(), z.unknown()).readonly(),
});
export type StandupLine = z.infer<typeof standupLine>;

export const promiseDetail = readOnly({ promise: standupPromise, audit: rows(standupLine) });
export type PromiseDetail = z.infer<typeof promiseDetail>;
export const itemDetail = readOnly({ item: standupItem, audit: rows(standupLine) });
export type ItemDetail = z.infer<typeof itemDetail>;

/** How the dates of a stretch of days ended. */
export const tally = readOnly({ due: z.int(), kept: z.int(), missed: z.int(), moved: z.int(), open: z.int() });
export type Tally = z.infer<typeof tally>;

/** Everything a stand-up of one day is held from. */
export const standupDay = readOnly({
  day: z.string(),
  timeZone: z.string(),
  /** The last workday before: what “yesterday” means. */
  since: z.string(),
  before: readOnly({ tally, rows: rows(dueRow) }).meta({ description: 'What fell due from the last workday up to the day, nearest first' }),
  carried: rows(dueRow).meta({ description: 'Promises nobody answered whose date is even earlier' }),
  today: readOnly({ tally, rows: rows(dueRow) }),
  later: rows(dueRow).meta({ description: 'Open promises with a later date, nearest first' }),
  items: rows(standupItem).meta({ description: 'Open ones by age, then those closed on the day' }),
  people: rows(z.string()),
  departments: rows(z.string()),
});
export type StandupDay = z.infer<typeof standupDay>;

export const standupMinutes = readOnly({
  day: z.string(),
  timeZone: z.string(),
  since: z.string(),
  before: readOnly({ tally, rows: rows(dueRow) }),
  /** Who owes what by when: open promises, nearest first. */
  owed: rows(dueRow),
  items: rows(standupItem),
  /** What was said that day, oldest first. */
  said: rows(
    readOnly({ ...standupLine.unwrap().shape, subject: z.enum(standupSubjects), id: z.string(), title: z.string(), who: z.string() }),
  ),
  text: z.string().meta({ description: 'The same as plain text' }),
});
export type StandupMinutes = z.infer<typeof standupMinutes>;

/** Business day and minute of the workspace's time zone. */
const due = z.object({
  day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/u, { error: 'a day such as 2026-11-23' }),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/u, { error: 'a time such as 18:00' }),
});
export type DueDocument = z.infer<typeof due>;

const by = { commandId: characters(1, 200), actor: typed(80) };
const maybe = (longest: number) => z.string().trim().pipe(characters(0, longest)).optional();

/** Who, what and date may be absent here, so that the refusal of an incomplete promise can name all that is missing. */
export const promiseDocument = z.object({
  ...by,
  what: maybe(200),
  who: maybe(80),
  due: due.optional(),
  shortName: maybe(40),
  department: maybe(80),
});
export type PromiseDocument = z.infer<typeof promiseDocument>;

export const itemDocument = z.object({
  ...by,
  department: maybe(80),
  matter: maybe(200),
  contact: maybe(80),
  effect: maybe(200),
});
export type ItemDocument = z.infer<typeof itemDocument>;

const seen = { ...by, expectedVersion: z.int().min(1) };
export const promiseCommand = z.discriminatedUnion('type', [
  z.object({ ...seen, type: z.literal('keep') }),
  z.object({ ...seen, type: z.literal('miss'), reason: maybe(500) }),
  z.object({ ...seen, type: z.literal('move'), reason: typed(500), due }),
  z.object({ ...seen, type: z.literal('reopen'), reason: maybe(500) }),
]);
export type PromiseCommand = z.infer<typeof promiseCommand>;

export const itemCommand = z.discriminatedUnion('type', [
  z.object({ ...seen, type: z.literal('close'), note: typed(500) }),
  z.object({ ...seen, type: z.literal('reopen'), reason: typed(500) }),
]);
export type ItemCommand = z.infer<typeof itemCommand>;
