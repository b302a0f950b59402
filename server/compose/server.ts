/** The whole server: a workspace behind HTTP and sockets. Start, run, drain. */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createHttpServer } from '../adapters/http/server.ts';
import { createSockets } from '../adapters/sockets/sockets.ts';
import { randomId } from '../adapters/system/identity.ts';
import { openChosenStore } from './choose-workspace.ts';
import type { LedgerStatus } from '../pipeline/ports/ledger.ts';
import type { Foundation } from './foundation.ts';
import { showWorkspace, type ShownWorkspace } from './shown-workspace.ts';

export interface RunningServer {
  readonly url: string;
  readonly demo: boolean;
  /** Resolves once the server is what /readyz calls ready or a start has waited long enough; to false when it drains instead. */
  opened(): Promise<boolean>;
  /** Accepts nothing new, finishes the requests and the batch under way, sends screens a goodbye, closes the store. */
  drain(): Promise<void>;
}

/** How long answers under way may take to finish. */
const ANSWER_GRACE_MS = 3_000;

/** How long a start waits for its sources to connect; the wall shows a source that needs longer in red. */
const SOURCE_GRACE_MS = 10_000;
/** How long it waits for the ledger, which is opened within a second unless it has much to catch up. */
const LEDGER_GRACE_MS = 5_000;
const POLL_MS = 10;
const stillOpening: ReadonlySet<LedgerStatus['state']> = new Set(['opening', 'catching_up', 'rebuilding']);

async function opened(shown: ShownWorkspace, draining: AbortSignal): Promise<boolean> {
  const began = performance.now();
  while (!draining.aborted) {
    const state = await shown
      .services()
      .readiness()
      .catch((error: unknown) => {
        if (draining.aborted) return null;
        throw error;
      });
    if (state === null) break;
    const waited = performance.now() - began;
    const connecting = state.sources.some((source) => source.state === 'connecting') && waited < SOURCE_GRACE_MS;
    const opening = stillOpening.has(state.ledger.state) && waited < LEDGER_GRACE_MS;
    if (!connecting && !opening) return true;
    await sleep(POLL_MS);
  }
  return false;
}

/** @param onBug called when a part of the server cannot continue; the process must end */
export async function startServer(foundation: Foundation, root: string, onBug: (error: unknown) => void): Promise<RunningServer> {
  const { config, clock, logger, metrics, build } = foundation;
  const shown = showWorkspace(foundation, await openChosenStore(foundation), onBug);
  const http = createHttpServer({
    ...{ services: () => shown.services(), config, clock, logger, metrics, build, onBug },
    exposition: () => metrics.exposition(),
    newId: randomId,
    staticDir: path.join(root, 'dist/client'),
  });
  const sockets = createSockets({
    ...{ http: http.server, streams: () => shown.streams(), metrics, logger },
    publicUrl: config.publicUrl,
    heartbeat: () => shown.heartbeat(),
    monotonic: () => clock.monotonic(),
    random: Math.random,
  });
  try {
    const { url } = await http.start(config.port);
    shown.announce(url);
    shown.start(sockets);
    const draining = new AbortController();
    return {
      url,
      demo: shown.demo(),
      opened: () => opened(shown, draining.signal),
      async drain() {
        draining.abort();
        await Promise.all([sockets.close(), http.stop(ANSWER_GRACE_MS)]);
        await shown.stop();
        metrics.stop();
      },
    };
  } catch (error) {
    await shown.stop();
    throw error;
  }
}
