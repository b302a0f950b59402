/** Rows of screens, for the transaction as for the reads. */
import type { KeptReport, ScreenRow } from '../../pipeline/ports/screen-store.ts';
import { numberIn, textIn, textOrNullIn } from './row-values.ts';

export function screenOf(row: Readonly<Record<string, unknown>>): ScreenRow {
  const text = textOrNullIn(row, 'report');
  const report: KeptReport | null = text === null ? null : JSON.parse(text);
  return {
    id: textIn(row, 'id'),
    name: textOrNullIn(row, 'name'),
    registeredAt: numberIn(row, 'registered_at'),
    seenAt: numberIn(row, 'seen_at'),
    report,
  };
}
