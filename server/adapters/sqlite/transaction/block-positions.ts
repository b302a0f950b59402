/**
 * Positions of ledger blocks. Whoever appends is told the position at once, although transactions before may still be
 * on their way to the disk: the position is one more than that of the transaction before. When one of them fails, the number
 * is read from the store again, and a transaction that counted on the one that failed fails too (see `takePosition`).
 */
export interface BlockPositions {
  /** The next position; undefined = it must be read from the store. */
  next: number | undefined;
}

export const createBlockPositions = (): BlockPositions => ({ next: undefined });
