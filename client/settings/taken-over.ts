/** Which version of a policy ends another one. Pure. */
export interface SetVersion {
  readonly version: number;
  /** UTC ms. */
  readonly effectiveFrom: number;
}

/** The version that stands from the first moment after `since` (UTC ms) on: what is set for `since` holds only until then. null = none. */
export function takenOver(history: readonly SetVersion[], since: number): SetVersion | null {
  const later = history.filter(({ effectiveFrom }) => effectiveFrom > since);
  return later.toSorted((a, b) => a.effectiveFrom - b.effectiveFrom || b.version - a.version)[0] ?? null;
}
