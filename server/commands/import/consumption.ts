/** Waits until the server has folded the events that it accepted, and returns how they were counted. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Readiness } from '../../pipeline/services/services.ts';
import type { ServerClient } from './server-client.ts';

export type Consumed = Readiness['consumed'];

/** After this time without any progress the source counts as stuck. */
const STUCK_MS = 30_000;

export type Waited = { readonly folded: Consumed } | { readonly stuck: string };

/** What the server had consumed before the first event was sent, and how many it accepted since. */
export interface Sent {
  readonly before: Consumed;
  readonly taken: number;
}

interface Polling {
  readonly pollMs: number;
  /** When no event waits and nothing has changed for this long, the wait ends, whatever was counted. */
  readonly quietMs: number;
  /** Monotonic ms. */
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<unknown>;
}
const usual: Polling = { pollMs: 200, quietMs: 5_000, now: () => performance.now(), wait: (ms) => sleep(ms) };

/**
 * A lag of zero alone is no proof: a consumer of Kafka learns of new records only when it fetches, so
 * as many records as were accepted must have been consumed too. A server started anew in between has
 * forgotten what it consumed; there, nothing waiting and nothing moving must do.
 *
 * @param onLag called with the number of events still to fold
 */
export async function waitUntilFolded(
  client: Pick<ServerClient, 'readiness'>,
  { before, taken }: Sent,
  onLag: (lag: number) => void,
  { pollMs, quietMs, now, wait }: Polling = usual,
): Promise<Waited> {
  let movedAt = now();
  let last = '';
  for (;;) {
    const { lag, consumed, reasons } = await client.readiness();
    const seen = `${lag} ${JSON.stringify(consumed)}`;
    if (seen !== last) movedAt = now();
    last = seen;
    const stillMs = now() - movedAt;
    const folded = difference(consumed, before);
    if (lag === 0 && (records(folded) >= taken || stillMs > quietMs)) return { folded };
    if (stillMs > STUCK_MS) {
      return { stuck: reasons.map((r) => r.detail).join('; ') || `${lag ?? 'an unknown number of'} events wait and nothing moves` };
    }
    if (lag !== null) onLag(lag);
    await wait(pollMs);
  }
}

function records({ applied, older, duplicate, quarantined }: Consumed): number {
  return applied + older + duplicate + quarantined;
}

/** A server that was started anew in between counts from zero again. */
function difference(now: Consumed, before: Consumed): Consumed {
  const restarted = (Object.keys(now) as (keyof Consumed)[]).some((key) => now[key] < before[key]);
  if (restarted) return now;
  return Object.fromEntries(Object.entries(now).map(([key, n]) => [key, n - before[key as keyof Consumed]])) as Consumed;
}
