/** Decides when this page must be reloaded: the server uses another protocol or serves another build. Pure. */
import { PROTOCOL_VERSION } from '../../shared/wire/constants.ts';
import type { Heartbeat } from '../../shared/wire/protocol.ts';

export type VersionVerdict = 'same' | 'new_build' | 'other_protocol';

/** @param own the build this page was loaded from, or the one of its first heartbeat; null while neither is known */
export function judgeVersion(own: string | null, heartbeat: Pick<Heartbeat, 'protocol' | 'build'>): VersionVerdict {
  if (heartbeat.protocol !== PROTOCOL_VERSION) return 'other_protocol';
  return own !== null && own !== heartbeat.build ? 'new_build' : 'same';
}

/** Reloads are spread over this time, so that fifty screens do not load everything at once. */
const SPREAD_MS = 15_000;
/** A reload that did not help is repeated after this time at the earliest. */
const AGAIN_AFTER_MS = 60_000;

/**
 * ms to wait before the page is reloaded. `sinceLast` is the time in ms since this tab last reloaded
 * for the same reason, null = never. `random` is in [0, 1).
 */
export function reloadDelay(sinceLast: number | null, random: number): number {
  const jitter = 500 + random * SPREAD_MS;
  return sinceLast === null ? jitter : Math.max(0, AGAIN_AFTER_MS - sinceLast) + jitter;
}
