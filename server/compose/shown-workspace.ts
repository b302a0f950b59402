/**
 * The workspace that the process shows right now. The HTTP server and the sockets are created
 * once and ask for the services and streams of the current workspace at each call.
 */
import type { Heartbeat } from '../../shared/wire/protocol.ts';
import { refuse } from '../pipeline/ports/refusal.ts';
import type { Services } from '../pipeline/services/services.ts';
import { openRealStore, rememberRealWorkspace, type Opened } from './choose-workspace.ts';
import { createDemoFeed, type DemoFeed } from './demo-feed.ts';
import type { Foundation } from './foundation.ts';
import { composeWorkspace, type Screens, type Workspace } from './workspace.ts';

export interface ShownWorkspace {
  /** The services of the workspace shown at the time of the call. */
  services(): Services;
  streams(): Workspace['streams'];
  heartbeat(): Heartbeat | null;
  readonly demo: () => boolean;
  /** Stores the address of this server, so that a second server refused the same store can name it. */
  announce(address: string): void;
  start(screens: Screens): void;
  stop(): Promise<void>;
}

/** @param onBug called when a part of the current workspace cannot continue */
export function showWorkspace(foundation: Foundation, opened: Opened, onBug: (error: unknown) => void): ShownWorkspace {
  let current = composeWorkspace(foundation, opened.store, opened.demo);
  let services = servicesOf(current);
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
    services = servicesOf(current);
    startCurrent();
    await demo.stop();
    foundation.logger.info({}, 'the real workspace is shown from now on');
    return { started: true };
  }

  /** Two requests to leave the demo at the same time share one switch. */
  function servicesOf(workspace: Workspace): Services {
    return { ...workspace.services, startRealWorkspace: () => (switching ??= startReal().finally(() => (switching = null))) };
  }

  return {
    services: () => services,
    streams: () => current.streams,
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
