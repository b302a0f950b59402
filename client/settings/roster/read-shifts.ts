/** Makes shifts of the rows of a file: every line at fault is named, and the others are kept. Pure. */
import type { RosterRole } from '../../../shared/incidents/ladder.ts';
import type { RosterPerson } from '../../../shared/incidents/roster.ts';
import { instantAt } from '../../format/zoned.ts';
import type { FileCell, FileTable } from '../read-targets.ts';
import type { ReadShift } from './on-duty.ts';
import { collides } from './roster-draft.ts';

export const shiftFields = ['role', 'person', 'from', 'to'] as const;
export type ShiftField = (typeof shiftFields)[number];
export type ShiftFaultCode = 'noHeader' | 'unknownRole' | 'unknownPerson' | 'mayNot' | 'badTime' | 'endsBefore' | 'meets' | 'formula';

export interface ShiftFault {
  readonly line: number;
  readonly column: ShiftField | null;
  readonly code: ShiftFaultCode;
  readonly text: string;
}
export interface ReadRows {
  readonly rows: readonly { readonly line: number; readonly shift: ReadShift }[];
  readonly faults: readonly ShiftFault[];
}

export interface ShiftContext {
  readonly heading: (text: string) => ShiftField | undefined;
  readonly role: (text: string) => RosterRole | undefined;
  readonly people: readonly RosterPerson[];
  readonly standing: readonly ReadShift[];
  readonly timeZone: string;
}

export const plainWord = (text: string): string => text.normalize('NFKC').replaceAll(/\s+/gu, '').toLocaleLowerCase();

/** 2026-12-01 09:00, 2026/12/1 9:00, or with an offset as programs write it; a cell of a spreadsheet has the time of the zone. */
export function shiftInstant(cell: FileCell, timeZone: string): number {
  if (cell instanceof Date) return instantAt(cell.toISOString().slice(0, 10), cell.toISOString().slice(11, 16), timeZone);
  const text = String(cell ?? '')
    .normalize('NFKC')
    .trim();
  const found = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[T ]\s*(\d{1,2}):(\d{2})(?::\d{2})?$/u.exec(text);
  if (!found) return /(?:[zZ]|[+-]\d{2}:\d{2})$/u.test(text) ? Date.parse(text) : Number.NaN;
  const two = (part: string | undefined): string => (part ?? '').padStart(2, '0');
  // The end of a day is the beginning of the next one.
  if (two(found[4]) === '24' && found[5] === '00') {
    return instantAt(`${found[1] ?? ''}-${two(found[2])}-${two(found[3])}`, '23:59', timeZone) + 60_000;
  }
  return instantAt(`${found[1] ?? ''}-${two(found[2])}-${two(found[3])}`, `${two(found[4])}:${found[5] ?? ''}`, timeZone);
}

export function readShiftRows({ rows, formulas }: FileTable, context: ShiftContext): ReadRows {
  const { heading, role: roleOf, people, standing, timeZone } = context;
  const columns = new Map<ShiftField, number>();
  (rows[0] ?? []).forEach((cell, index) => {
    const field = heading(String(cell ?? ''));
    if (field !== undefined && !columns.has(field)) columns.set(field, index);
  });
  const lacking = shiftFields.filter((field) => !columns.has(field));
  if (lacking.length > 0) return { rows: [], faults: lacking.map((column) => ({ line: 1, column, code: 'noHeader', text: '' })) };

  const named = new Map(people.flatMap((person) => [plainWord(person.name), plainWord(person.id)].map((name) => [name, person] as const)));
  const read: { line: number; shift: ReadShift }[] = [];
  const faults: ShiftFault[] = [];
  rows.slice(1).forEach((row, index) => {
    const line = index + 2;
    if (row.every((cell) => String(cell ?? '').trim() === '')) return;
    const cellOf = (field: ShiftField): FileCell => row[columns.get(field) ?? -1] ?? null;
    const fail = (column: ShiftField | null, code: ShiftFaultCode, text = ''): void => void faults.push({ line, column, code, text });
    const formula = shiftFields.find((field) => formulas.has(`${String(line)}:${String((columns.get(field) ?? 0) + 1)}`));
    if (formula) return fail(formula, 'formula');
    const [roleText, personText] = [String(cellOf('role') ?? ''), String(cellOf('person') ?? '')];
    const role = roleOf(roleText);
    const person = named.get(plainWord(personText));
    const [from, to] = [shiftInstant(cellOf('from'), timeZone), shiftInstant(cellOf('to'), timeZone)];
    if (role === undefined) return fail('role', 'unknownRole', roleText);
    if (person === undefined) return fail('person', 'unknownPerson', personText);
    if (!person.roles.includes(role)) return fail('role', 'mayNot', person.name);
    if (Number.isNaN(from)) return fail('from', 'badTime', String(cellOf('from') ?? ''));
    if (Number.isNaN(to)) return fail('to', 'badTime', String(cellOf('to') ?? ''));
    if (to <= from) return fail('to', 'endsBefore');
    const shift: ReadShift = { role, person: person.id, from, to };
    const other = read.find((one) => collides(one.shift, shift));
    if (other) return fail(null, 'meets', String(other.line));
    if (standing.some((one) => collides(one, shift))) return fail(null, 'meets');
    read.push({ line, shift });
  });
  return { rows: read, faults };
}
