/** Waits until the server has folded what it took, and says what folding made of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Readiness } from '../../pipeline/services.ts';
import type { ServerClient } from './server-client.ts';

export type Consumed = Readiness['consumed'];

/** Without any progress for this long the source is stuck and waiting longer tells nothing. */
const STUCK_MS = 30_000;
const LOOK_EVERY_MS = 200;

export type Waited = { readonly folded: Consumed } | { readonly stuck: string };

/** @param onLag called with the number of events still to fold */
export async function waitUntilFolded(client: ServerClient, before: Consumed, onLag: (lag: number) => void): Promise<Waited> {
  let movedAt = performance.now();
  let last = '';
  for (;;) {
    const { lag, consumed, reasons } = await client.readiness();
    if (lag === 0) return { folded: difference(consumed, before) };
    const seen = `${lag} ${JSON.stringify(consumed)}`;
    if (seen !== last) movedAt = performance.now();
    last = seen;
    if (performance.now() - movedAt > STUCK_MS) {
      return { stuck: reasons.map((r) => r.detail).join('; ') || `${lag ?? 'an unknown number of'} events wait and nothing moves` };
    }
    if (lag !== null) onLag(lag);
    await sleep(LOOK_EVERY_MS);
  }
}

/** A server that was started anew in between counts from zero again. */
function difference(now: Consumed, before: Consumed): Consumed {
  const restarted = (Object.keys(now) as (keyof Consumed)[]).some((key) => now[key] < before[key]);
  if (restarted) return now;
  return Object.fromEntries(Object.entries(now).map(([key, n]) => [key, n - before[key as keyof Consumed]])) as Consumed;
}
