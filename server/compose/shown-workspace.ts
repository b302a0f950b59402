/**
 * The workspace the process shows right now, behind services that stay the same: the HTTP
 * edge and the sockets are built once and always ask whichever one is current.
 */
import type { Heartbeat } from '../../shared/wire/protocol.ts';
import { refuse } from '../pipeline/ports/refusal.ts';
import type { Services } from '../pipeline/services/services.ts';
import { openRealStore, rememberRealWorkspace, type Opened } from './choose-workspace.ts';
import { createDemoFeed, type DemoFeed } from './demo-feed.ts';
import type { Foundation } from './foundation.ts';
import { composeWorkspace, type Screens, type Workspace } from './workspace.ts';

export interface ShownWorkspace {
  readonly services: Services;
  readonly streams: Workspace['streams'];
  heartbeat(): Heartbeat | null;
  readonly demo: () => boolean;
  /** Tells who is refused the store where this server is. */
  announce(address: string): void;
  start(screens: Screens): void;
  stop(): Promise<void>;
}

/** @param onBug a part of the current workspace cannot go on */
export function showWorkspace(foundation: Foundation, opened: Opened, onBug: (error: unknown) => void): ShownWorkspace {
  let current = composeWorkspace(foundation, opened.store, opened.demo);
  let feed: DemoFeed | null = null;
  let screens: Screens | null = null;
  let address: string | null = null;
  let switching: ReturnType<Services['startRealWorkspace']> | null = null;

  function startCurrent(): void {
    if (!screens) throw new Error('a workspace was started before its screens');
    const workspace = current;
    if (address !== null) workspace.store.announce(address);
    workspace.run(screens).catch(onBug);
    if (!workspace.demo) return;
    feed = createDemoFeed(foundation, workspace);
    feed.run().catch(onBug);
  }

  async function startReal(): ReturnType<Services['startRealWorkspace']> {
    if (!current.demo) return refuse(409, 'already_real', 'the real workspace is shown already');
    const real = await openRealStore(foundation);
    rememberRealWorkspace(foundation);
    const demo = current;
    feed?.stop();
    feed = null;
    current = composeWorkspace(foundation, real.store, false);
    startCurrent();
    await demo.stop();
    foundation.logger.info({}, 'the real workspace is shown from now on');
    return { started: true };
  }

  return {
    services: {
      intake: { submit: (items, request) => current.services.intake.submit(items, request) },
      kpis: { query: (query) => current.services.kpis.query(query) },
      targets: { list: () => current.services.targets.list(), put: (targets, options) => current.services.targets.put(targets, options) },
      policies: {
        get: (name) => current.services.policies.get(name),
        put: (name, document) => current.services.policies.put(name, document),
      },
      incidents: {
        list: (query) => current.services.incidents.list(query),
        get: (id) => current.services.incidents.get(id),
        command: (id, command, receivedAt) => current.services.incidents.command(id, command, receivedAt),
        pendingHistory: (limit) => current.services.incidents.pendingHistory(limit),
        openHistory: (key, by, receivedAt) => current.services.incidents.openHistory(key, by, receivedAt),
      },
      quarantine: {
        list: (query) => current.services.quarantine.list(query),
        raw: (id) => current.services.quarantine.raw(id),
        replay: (id, actor) => current.services.quarantine.replay(id, actor),
        discard: (id, actor, reason) => current.services.quarantine.discard(id, actor, reason),
      },
      sources: { resume: (actor) => current.services.sources.resume(actor) },
      snapshot: (view) => current.services.snapshot(view),
      readiness: () => current.services.readiness(),
      startRealWorkspace: () => (switching ??= startReal().finally(() => (switching = null))),
    },
    streams: { snapshot: (view) => current.streams.snapshot(view), positions: () => current.streams.positions() },
    heartbeat: () => current.heartbeat.latest(),
    demo: () => current.demo,
    announce(at) {
      address = at;
      current.store.announce(at);
    },
    start(to) {
      screens = to;
      startCurrent();
    },
    async stop() {
      feed?.stop();
      await switching?.catch(() => undefined);
      await current.stop();
    },
  };
}
