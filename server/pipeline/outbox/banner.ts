/**
 * What every screen says about alerts: red when nothing could be delivered for five minutes [N5], amber when there is
 * nobody or nothing to send to, so that negatives are told on screens only.
 */
import type { OutboxHead } from '../ports/outbox.ts';

const QUIET_MS = 300_000;
/** How long a dead letter with no delivery behind it keeps the banner: by then people have seen it or the channel is gone. */
const DEAD_SHOWN_MS = 86_400_000;

export type AlertProblem = 'alerts_undelivered' | 'no_alert_channel';
export const alertProblems: readonly AlertProblem[] = ['alerts_undelivered', 'no_alert_channel'];

/** @param reachable there is a channel and somebody in the roster with a contact on it */
export function problemsOf(head: OutboxHead, reachable: boolean, now: number): readonly AlertProblem[] {
  const deliveredAt = head.deliveredAt ?? -Infinity;
  const waits = head.undeliveredSince !== null && now - Math.max(head.undeliveredSince, deliveredAt) >= QUIET_MS;
  const { lastDead } = head;
  const lost =
    lastDead !== null &&
    lastDead.at > deliveredAt &&
    now - lastDead.at < DEAD_SHOWN_MS &&
    // Where nobody can be reached at all, the amber notice says so already.
    (reachable || !lastDead.nobody);
  return [...(waits || lost ? (['alerts_undelivered'] as const) : []), ...(reachable ? [] : (['no_alert_channel'] as const))];
}
