/** A difference and what makes it, in one line that never leaves its lane: parts are left out whole, the smallest first. */
import { textWidth } from './text-width.ts';

export interface ReasonPart {
  readonly name: string;
  readonly amount: number;
}

export interface ReasonLine {
  /** Such as “比昨日同时”. */
  readonly lead: string;
  readonly difference: number;
  readonly parts: readonly ReasonPart[];
  readonly signed: (amount: number) => string;
  /** Between the difference and its parts, and between parts. */
  readonly colon: string;
  readonly comma: string;
  /** In Chinese characters of the line's size. */
  readonly room: number;
}

export function reasonWords({ lead, difference, parts, signed, colon, comma, room }: ReasonLine): string {
  const start = `${lead} ${signed(difference)}`;
  const sorted = parts.filter(({ amount }) => amount !== 0).toSorted((a, b) => Math.abs(b.amount) - Math.abs(a.amount));
  // One part that is the whole difference says nothing that was not said.
  const told = sorted.length === 1 && sorted[0]?.amount === difference ? [] : sorted;
  for (let count = told.length; count > 0; count -= 1) {
    const said = told.slice(0, count).map(({ name, amount }) => `${name} ${signed(amount)}`);
    const line = `${start}${colon}${said.join(comma)}`;
    if (textWidth(line) <= room) return line;
  }
  return start;
}
