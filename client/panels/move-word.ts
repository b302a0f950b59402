/** The word for the kind of a move; a price move is named by its direction where that is known. Pure. */
import type { MoveRow } from '../../shared/wire/views/overview.ts';

export type MoveWord = MoveRow['kind'] | 'priceUp' | 'priceDown';

/** The direction of a price move; empty for a price that did not change. */
export function arrowOf(change: number): '↑' | '↓' | '' {
  if (change === 0) return '';
  return change < 0 ? '↓' : '↑';
}

export function moveWord(row: Pick<MoveRow, 'kind' | 'change'>): MoveWord {
  if (row.kind !== 'price' || row.change === null || row.change === 0) return row.kind;
  return row.change < 0 ? 'priceDown' : 'priceUp';
}
