import { describe, expect, it } from 'vitest';
import { goLive } from '../../../client/wire/live.ts';
import type { LineEvents } from '../../../client/wire/live.ts';
import { PROTOCOL_VERSION } from '../../../shared/wire/constants.ts';
import { everyView } from '../../helpers/every-view.ts';
import type { Heartbeat } from '../../../shared/wire/protocol.ts';
import type { ViewName } from '../../../shared/wire/views/all.ts';
import { competitorsFixture } from '../../helpers/competitors-fixture.ts';
import { usualDay } from '../../helpers/overview-fixture.ts';

/** One screen under fake time: `pass` moves both clocks and runs what fell due. */
function screen(views: readonly ViewName[] = ['overview']) {
  let ms = 0;
  let events: LineEvents | null = null;
  const timers: { at: number; run: () => void }[] = [];
  const log: string[] = [];
  const held = new Map<string, number>();
  const live = goLive({
    views,
    open: (_views, given) => {
      events = given;
      return { restart: (next) => log.push(next.length === 1 ? 'restart' : `restart ${next.join()}`), close: () => log.push('close') };
    },
    time: () => ({ wall: 1_000_000 + ms, mono: ms }),
    after: (delay, run) => {
      const timer = { at: ms + delay, run };
      timers.push(timer);
      return () => timers.splice(timers.indexOf(timer), 1);
    },
    onWelcome: (workspace) => log.push(`welcome ${workspace.name}`),
    onSnapshot: (view, { position }) => held.set(view, position.revision),
    onHeartbeat: () => log.push('heard'),
    onOutdated: (why, build) => log.push(`${why} ${build}`),
  });
  const heartbeat = (rest: Partial<Heartbeat> = {}): Heartbeat => ({
    protocol: PROTOCOL_VERSION,
    build: 'b1',
    serverNow: 5_000_000 + ms,
    positions: everyView(() => ({ epoch: 'a', revision: 1 })),
    streams: [],
    sources: [],
    problems: [],
    quarantinedMentions: 0,
    rosterGap: null,
    ...rest,
  });
  return {
    live,
    log,
    heartbeat,
    server: events as unknown as LineEvents,
    held,
    pass(by: number) {
      ms += by;
      for (const timer of timers.filter((t) => t.at <= ms)) {
        timers.splice(timers.indexOf(timer), 1);
        timer.run();
      }
    },
  };
}
const snapshot = (revision = 1) => ({ view: 'overview' as const, epoch: 'a', revision, state: usualDay, sentAt: 0 });
const patch = (from: number, revision: number) => ({
  view: 'overview' as const,
  epoch: 'a',
  from,
  revision,
  groups: {},
  oldestAt: 0,
  sentAt: 0,
});

describe('one view kept alive', () => {
  it('[S2] goes live, amber and grey by the silence of its server, and live again at the next heartbeat', () => {
    const s = screen();
    expect(s.live.status().phase).toBe('starting');
    s.server.heartbeat(s.heartbeat());
    expect(s.live.status().phase).toBe('live');
    s.pass(10_000);
    expect(s.live.status()).toEqual({ phase: 'amber', silentMs: 10_000 });
    s.pass(20_000);
    expect(s.live.status().phase).toBe('grey');
    s.server.heartbeat(s.heartbeat());
    expect(s.live.status().phase).toBe('live');
  });

  it('[S2] heartbeats that were kept back on the way do not make it live; the connection is made anew', () => {
    const s = screen();
    s.server.connected();
    s.server.heartbeat(s.heartbeat());
    const keptBack = s.heartbeat();
    s.pass(31_000);
    s.server.heartbeat(keptBack);
    expect(s.live.status().phase).toBe('grey');
    s.pass(1_000);
    expect(s.log).toEqual(['heard', 'restart']);
    s.server.connected();
    s.server.heartbeat(s.heartbeat());
    expect(s.live.status().phase).toBe('live');
  });

  it('[S2] the first heartbeat of a new connection calls nothing current before its snapshots have come', () => {
    const s = screen(['overview', 'incidents']);
    s.server.connected();
    s.server.heartbeat(s.heartbeat());
    s.server.snapshot(snapshot());
    s.pass(12_000);
    s.server.connected();
    s.server.heartbeat(s.heartbeat());
    expect(s.live.status().phase).toBe('amber');
    s.server.snapshot(snapshot(4));
    // The other view has never come, so none of its figures is shown.
    expect(s.live.status().phase).toBe('live');
  });

  it('[S2] a server whose clock was set back is believed by a new connection', () => {
    const s = screen();
    s.server.connected();
    s.server.heartbeat(s.heartbeat());
    s.pass(5_000);
    s.server.heartbeat(s.heartbeat({ serverNow: 4_000_000 }));
    expect(s.live.status()).toEqual({ phase: 'live', silentMs: 5_000 });
    s.pass(1_000);
    s.server.connected();
    s.server.heartbeat(s.heartbeat({ serverNow: 4_001_000 }));
    s.pass(5_000);
    s.server.heartbeat(s.heartbeat({ serverNow: 4_006_000 }));
    expect([s.live.status().phase, s.live.serverNow()]).toEqual(['live', 4_006_000]);
  });

  it('[S2] numbers that arrive without a heartbeat do not make it live', () => {
    const s = screen();
    s.server.heartbeat(s.heartbeat());
    s.pass(29_000);
    s.server.snapshot(snapshot());
    s.pass(2_000);
    expect(s.live.status().phase).toBe('grey');
  });

  it('[S1] connects again after a gap, once, and takes the new snapshot', () => {
    const s = screen();
    s.server.snapshot(snapshot());
    s.server.patch(patch(3, 4));
    s.server.patch(patch(4, 5));
    expect(s.log).toEqual([]);
    s.pass(1_000);
    expect(s.log).toEqual(['restart']);
    s.server.snapshot(snapshot(5));
    s.server.patch(patch(5, 6));
    s.pass(5_000);
    expect(s.held.get('overview')).toBe(6);
    expect(s.log).toEqual(['restart']);
  });

  it('[S1] notices a last patch that never came', () => {
    const s = screen();
    s.server.snapshot(snapshot());
    s.server.heartbeat(s.heartbeat());
    const ahead = { positions: everyView(() => ({ epoch: 'a', revision: 2 })) };
    s.pass(5_000);
    s.server.heartbeat(s.heartbeat(ahead));
    s.pass(1_000);
    expect(s.log.filter((line) => line === 'restart')).toEqual(['restart']);
  });

  it('[S1] follows each of its views by its own numbers: a patch of one is no gap of another', () => {
    const s = screen(['overview', 'competitors']);
    s.server.snapshot(snapshot(7));
    s.server.snapshot({ ...snapshot(3), view: 'competitors', state: competitorsFixture });
    s.server.patch(patch(7, 8));
    s.server.patch({ ...patch(3, 4), view: 'competitors' });
    s.pass(5_000);
    expect([...s.held]).toEqual([
      ['overview', 8],
      ['competitors', 4],
    ]);
    expect(s.log).toEqual([]);
    s.server.patch({ ...patch(5, 6), view: 'competitors' });
    s.pass(1_000);
    expect(s.log).toEqual(['restart overview,competitors']);
  });

  it('[S1] asks for more views over a new connection, keeps what it holds meanwhile, and asks for none twice', () => {
    const s = screen();
    s.server.snapshot(snapshot(7));
    s.live.follow(['overview']);
    expect(s.log).toEqual([]);
    s.live.follow(['overview', 'competitors']);
    expect(s.log).toEqual(['restart overview,competitors']);
    s.server.patch(patch(7, 8));
    expect(s.held.get('overview')).toBe(8);
  });

  it('waits as long as a server asks that says goodbye', () => {
    const s = screen();
    s.server.goodbye({ reason: 'server_stopping', retryAfterMs: 4_000 });
    s.pass(3_999);
    expect(s.log).toEqual([]);
    s.pass(1);
    expect(s.log).toEqual(['restart']);
  });

  it('does not wait for a silent line when the page wakes', () => {
    const s = screen();
    s.server.heartbeat(s.heartbeat());
    s.pass(5_000);
    s.live.wake();
    expect(s.log).not.toContain('restart');
    s.pass(5_000);
    s.live.wake();
    expect(s.log).toContain('restart');
  });

  it('tells server time from this machine’s, and when it was last heard', () => {
    const s = screen();
    expect(s.live.serverNow()).toBeNull();
    s.server.heartbeat(s.heartbeat());
    s.pass(1_234);
    expect(s.live.serverNow()).toBe(5_001_234);
    expect(s.live.serverHeartbeatAt()).toBe(5_000_000);
  });

  it('does not take a server of another protocol for its own: it goes grey and says so', () => {
    const s = screen();
    s.server.heartbeat(s.heartbeat());
    s.pass(30_000);
    s.server.heartbeat(s.heartbeat({ protocol: PROTOCOL_VERSION + 1 }));
    expect(s.log).toContain('other_protocol b1');
    expect(s.live.status().phase).toBe('grey');
  });

  it('says when the server serves a new build', () => {
    const s = screen();
    s.server.heartbeat(s.heartbeat());
    s.server.heartbeat(s.heartbeat({ build: 'b2' }));
    expect(s.log).toContain('new_build b2');
  });

  it('stops with nothing left to run', () => {
    const s = screen();
    s.server.snapshot(snapshot());
    s.server.patch(patch(3, 4));
    s.live.stop();
    s.pass(60_000);
    expect(s.log).toEqual(['close']);
  });
});
