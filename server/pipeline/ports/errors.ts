/**
 * How adapters fail. They throw `Unavailable` for infrastructure errors (roll back, pause, retry
 * for ever [I9]), `BadData` for values the store refuses and `Fenced` for a position that moved;
 * any other throw is a bug and ends the process.
 */
/** An infrastructure fault: nothing was taken, the same call may succeed later. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  readonly code: string;
  constructor(code: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/**
 * The store refuses a value of one of the records it was given (SQLite constraint, mismatch or
 * range; SQLSTATE 22, 23). Rolled back; the batch is tried record by record and that one quarantined [I9].
 */
export class BadData extends Error {
  override readonly name = 'BadData';
}

/** Thrown by `advanceOffset`: the partition belongs to a newer assignment, or the offset moved. */
export class Fenced extends Error {
  override readonly name = 'Fenced';
}
