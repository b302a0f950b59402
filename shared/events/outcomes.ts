/** Outcomes are values: what became of one item, and why. */

/** Why a record is not counted. Stable codes: dashboards and sources depend on them. */
export const rejectionCodes = [
  'not_json',
  'bad_utf8',
  'too_large',
  'too_deep',
  'duplicate_key',
  'forbidden_key',
  'not_finite',
  'bad_text',
  'bad_envelope',
  'reserved_source',
  'unknown_type',
  'bad_time',
  'future_dated',
  'invalid_data',
  'wrong_currency',
  'refund_lines_mismatch',
  'id_conflict',
  'reader_bug',
] as const;
export type RejectionCode = (typeof rejectionCodes)[number];

/** Rejections whose bytes could not even be read as an event: HTTP does not keep those (`rejected`), Kafka quarantines them. */
export const unreadable: ReadonlySet<RejectionCode> = new Set<RejectionCode>([
  'not_json',
  'bad_utf8',
  'too_large',
  'too_deep',
  'duplicate_key',
  'forbidden_key',
  'not_finite',
  'bad_text',
]);

/** What HTTP refuses without keeping it: what cannot be read, and what claims to come from this system and does not. */
export const notKept: ReadonlySet<RejectionCode> = new Set<RejectionCode>([...unreadable, 'reserved_source']);

export interface Rejection {
  readonly code: RejectionCode;
  /** Where in the event, such as `data.lines[1].amount`; empty for the whole record. */
  readonly path: string;
  /** For people: what is wrong and what would be right. */
  readonly message: string;
}

/** One answer of `POST /api/events` (contract). */
export interface ItemResult {
  readonly index: number;
  readonly id: string | null;
  readonly outcome: 'accepted' | 'duplicate' | 'quarantined' | 'rejected';
  readonly code?: RejectionCode;
  readonly path?: string;
  readonly message?: string;
}
