/**
 * The state of a screen's connection [S2] as pure functions of the time of the last heartbeat: live,
 * amber with its age from 10 s on, grey from 30 s on. A page that never received a heartbeat is
 * `starting` and then `unreachable`; it has no figures that could be out of date.
 */
import { AMBER_AFTER_MS, GREY_AFTER_MS } from '../../shared/wire/constants.ts';
import { elapsed } from './local-time.ts';
import type { LocalTime } from './local-time.ts';

export type Phase = 'starting' | 'unreachable' | 'live' | 'amber' | 'grey';

export interface Contact {
  readonly startedAt: LocalTime;
  /** The time of the last heartbeat. Other messages do not count, because they may come from a buffer. */
  readonly heartbeatAt: LocalTime | null;
}

export interface ConnectionStatus {
  readonly phase: Phase;
  /** ms since the last heartbeat, or since the start if there was none. */
  readonly silentMs: number;
}

export function connectionAt(contact: Contact, at: LocalTime): ConnectionStatus {
  const silentMs = elapsed(contact.heartbeatAt ?? contact.startedAt, at);
  if (contact.heartbeatAt === null) return { phase: silentMs < AMBER_AFTER_MS ? 'starting' : 'unreachable', silentMs };
  if (silentMs >= GREY_AFTER_MS) return { phase: 'grey', silentMs };
  return { phase: silentMs >= AMBER_AFTER_MS ? 'amber' : 'live', silentMs };
}

/** ms until silence alone changes the phase; Infinity when it does not any more. */
export function phaseChangesIn({ silentMs }: ConnectionStatus): number {
  const next = [AMBER_AFTER_MS, GREY_AFTER_MS].find((limit) => silentMs < limit);
  return next === undefined ? Infinity : Math.ceil(next - silentMs);
}
