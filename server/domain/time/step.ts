/**
 * Steps of five minutes, counted from 1970-01-01T00:00Z: the finest time the ledger sums by. Offsets of zones are whole
 * quarters of an hour, so business days and hours begin at a step.
 */
export const STEP_MS = 300_000;

/** The step an instant (UTC ms) falls in. */
export const stepOf = (ms: number): number => Math.floor(ms / STEP_MS);
