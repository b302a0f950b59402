/** A request that cannot be answered as it stands; becomes a problem document. */
export interface Refusal {
  readonly refused: true;
  readonly status: 400 | 404 | 409 | 422 | 429;
  readonly code: string;
  readonly detail: string;
  readonly path?: string;
  /** The present state, with 409. */
  readonly present?: unknown;
}
export function refuse(status: Refusal['status'], code: string, detail: string, more: { path?: string; present?: unknown } = {}): Refusal {
  return { refused: true, status, code, detail, ...more };
}
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && (value as Refusal).refused === true;
}
