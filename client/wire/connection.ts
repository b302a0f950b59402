/**
 * What a screen may claim about its connection [S2], as pure functions of when it was
 * last heard from: live, amber with its age from 10 s, grey from 30 s. A page that never
 * heard anything is `starting`, then `unreachable`; it has no numbers that could be old.
 */
import { AMBER_AFTER_MS, GREY_AFTER_MS } from '../../shared/wire/constants.ts';
import { elapsed } from './local-time.ts';
import type { LocalTime } from './local-time.ts';

export type Phase = 'starting' | 'unreachable' | 'live' | 'amber' | 'grey';

export interface Contact {
  readonly startedAt: LocalTime;
  /** The last heartbeat; other messages do not count, they may come out of a buffer. */
  readonly heartbeatAt: LocalTime | null;
}

export interface ConnectionStatus {
  readonly phase: Phase;
  /** ms since the last heartbeat, or since the start when there was none. */
  readonly silentMs: number;
}

export function connectionAt(contact: Contact, at: LocalTime): ConnectionStatus {
  const silentMs = elapsed(contact.heartbeatAt ?? contact.startedAt, at);
  if (contact.heartbeatAt === null) return { phase: silentMs < AMBER_AFTER_MS ? 'starting' : 'unreachable', silentMs };
  if (silentMs >= GREY_AFTER_MS) return { phase: 'grey', silentMs };
  return { phase: silentMs >= AMBER_AFTER_MS ? 'amber' : 'live', silentMs };
}
