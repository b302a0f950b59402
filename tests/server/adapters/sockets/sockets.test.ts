import { request, type IncomingMessage } from 'node:http';
import { PROTOCOL_VERSION } from '../../../../shared/wire/constants.ts';
import type { Heartbeat } from '../../../../shared/wire/protocol.ts';
import { everyView } from '../../../helpers/every-view.ts';
import { usualWorkspace } from '../../../helpers/overview-fixture.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SlowLimits } from '../../../../server/adapters/sockets/client.ts';
import { accessCases, publicUrl, rawHeadersOf } from '../../domain/access-cases.ts';
import { socketsRig, until, type SocketsRig, type TestScreen } from './sockets-rig.ts';

let rig: SocketsRig;
const open = async (limits: Partial<SlowLimits> = {}): Promise<SocketsRig> => (rig = await socketsRig(limits));
afterEach(() => rig.close());

const last = (screen: TestScreen) => screen.got.at(-1);
const beat: Heartbeat = {
  protocol: PROTOCOL_VERSION,
  build: 'b',
  serverNow: 7,
  positions: everyView(() => ({ epoch: 'e', revision: 1 })),
  streams: [],
  sources: [],
  problems: [],
  quarantinedMentions: 0,
  rosterGap: null,
};
const mega = (name: string): unknown => ({ name, ballast: 'x'.repeat(1_000_000) });
/** Fills the network between server and a screen that reads nothing, until the server has given up on it. */
async function fill(screen: TestScreen): Promise<void> {
  screen.stall();
  for (let i = 0; (rig.counted['dropped packet'] ?? 0) === 0; i++) {
    if (i > 200) throw new Error('the server never noticed');
    rig.patch(mega(`fill ${i}`));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

describe('sockets', () => {
  it.each([['websocket'], ['polling']])(
    '[S1] a newcomer gets heartbeat, workspace and snapshot, then patches from there: %s',
    async (transport) => {
      await open();
      rig.patch('before');
      const screen = await rig.connect({ transports: [transport] });
      await until(() => screen.got.length === 3);
      rig.patch('after');
      await until(() => screen.got.length === 4);
      expect(screen.got).toMatchObject([
        ['heartbeat', { protocol: PROTOCOL_VERSION }],
        ['welcome', { timeZone: 'Asia/Shanghai', currencyDigits: 2 }],
        ['snapshot', { epoch: 'e', revision: 2, state: { today: 'before' } }],
        ['patch', { from: 2, revision: 3, groups: { today: 'after' } }],
      ]);
      expect(rig.counted).toMatchObject({ 'clients overview': 1, 'pushed snapshot': 1, 'pushed patch': 1 });
    },
  );

  it('[SC3] a page that says which screen it is hears its name, and what is told to that screen alone', async () => {
    await open();
    const [wall, other, nobody] = [
      await rig.connect({ screen: 'wall-0000001' }),
      await rig.connect({ screen: 'wall-0000002' }),
      await rig.connect({ screen: 'unknown-screen' }),
    ];
    await until(() => [wall, other].every((screen) => screen.names().includes('screen')));
    rig.sockets.tell('wall-0000001', { name: '前台', identify: true });
    await until(() => wall.names().filter((name) => name === 'screen').length === 2);
    await until(() => nobody.names().includes('snapshot'));
    const told = (screen: TestScreen) => screen.got.filter(([name]) => name === 'screen').map(([, message]) => message);
    expect(told(wall)).toEqual([
      { name: 'name of wall-0000001', identify: false },
      { name: '前台', identify: true },
    ]);
    expect(told(other)).toEqual([{ name: 'name of wall-0000002', identify: false }]);
    expect(told(nobody)).toEqual([]);
  });

  it('sends a view’s patches to its screens only, the heartbeat to all', async () => {
    await open();
    const wall = await rig.connect();
    const list = await rig.connect({ views: 'incidents' });
    await until(() => wall.got.length === 3 && list.got.length === 3);
    rig.patch('x');
    rig.sockets.beat(beat);
    await until(() => list.got.length === 4 && wall.got.length === 5);
    expect(list.names()).toEqual(['heartbeat', 'welcome', 'snapshot', 'heartbeat']);
    expect(rig.sockets.watched('incidents')).toBe(true);
    list.socket.disconnect();
    await until(() => !rig.sockets.watched('incidents'));
    expect(rig.counted['clients incidents']).toBe(0);
  });

  it.each([['websocket'], ['polling']])(
    '[S4] keeps the order in which it sends over %s, whether at once or through the queue',
    async (transport) => {
      await open();
      const screen = await rig.connect({ transports: [transport] });
      await until(() => screen.names().includes('snapshot'));
      const sent: string[] = [];
      for (let turn = 0; turn < 30; turn++) {
        // The first of a turn finds nothing waiting, a heartbeat always goes through the queue, and what follows it waits behind it.
        for (const kind of ['patch', 'heartbeat', 'patch', 'patch'] as const) {
          if (kind === 'patch') rig.patch(`turn ${turn}`.padEnd(turn % 7 === 0 ? 70_000 : 0));
          else rig.beat(turn);
          sent.push(kind === 'patch' ? `patch ${rig.revision()}` : `heartbeat ${turn}`);
        }
        if (turn % 3 > 0) await new Promise((resolve) => setTimeout(resolve, turn % 3));
      }
      const got = () =>
        screen.got.slice(screen.names().indexOf('snapshot') + 1).flatMap(([name, message]) => {
          if (name === 'patch') return [`patch ${message.revision}`];
          return name === 'heartbeat' ? [`heartbeat ${message.serverNow}`] : [];
        });
      await until(() => got().length >= sent.length);
      expect(got()).toEqual(sent);
    },
  );

  it('[S1] carries several views over one connection, each a stream of its own', async () => {
    await open();
    const screen = await rig.connect({ views: 'incidents,overview' });
    await until(() => screen.got.length === 4);
    expect(screen.names()).toEqual(['heartbeat', 'welcome', 'snapshot', 'snapshot']);
    expect(screen.got.slice(2).map(([, message]) => message)).toMatchObject([{ view: 'overview' }, { view: 'incidents' }]);
    rig.patch('x');
    await until(() => last(screen)?.[0] === 'patch');
    expect(last(screen)).toMatchObject(['patch', { view: 'overview', groups: { today: 'x' } }]);
    rig.sockets.beat(beat);
    await until(() => screen.names().filter((name) => name === 'heartbeat').length === 2);
    rig.sockets.welcome({ ...usualWorkspace, name: 'other' });
    await until(() => last(screen)?.[0] === 'welcome');
    expect(screen.names()).toEqual(['heartbeat', 'welcome', 'snapshot', 'snapshot', 'patch', 'heartbeat', 'welcome']);
    expect(rig.counted).toMatchObject({ 'clients overview': 1, 'clients incidents': 1, 'pushed heartbeat': 1 });
    screen.socket.disconnect();
    await until(() => !rig.sockets.watched('incidents') && !rig.sockets.watched('overview'));
  });

  it('[S1] a view that cannot be read yet keeps no other from a screen', async () => {
    await open();
    rig.unreadable = 'incidents';
    const screen = await rig.connect({ views: 'overview,incidents' });
    await until(() => screen.names().includes('snapshot'));
    rig.patch('x');
    await until(() => last(screen)?.[0] === 'patch');
    rig.unreadable = null;
    await until(() => last(screen)?.[0] === 'snapshot');
    expect(last(screen)).toMatchObject(['snapshot', { view: 'incidents' }]);
    expect(screen.names().filter((name) => name === 'welcome')).toHaveLength(1);
  });

  it('another workspace is shown from its own snapshot, without waiting for anything to change', async () => {
    await open();
    const screen = await rig.connect();
    await until(() => screen.names().includes('snapshot'));
    rig.epoch = 'other';
    await until(() => screen.names().filter((name) => name === 'snapshot').length === 2);
    rig.sockets.publish({ view: 'overview', epoch: 'e', from: 1, revision: 2, groups: {}, oldestAt: 1, sentAt: 2 });
    rig.patch('x');
    await until(() => last(screen)?.[0] === 'patch');
    expect(screen.got.slice(-2)).toMatchObject([
      ['snapshot', { epoch: 'other' }],
      ['patch', { epoch: 'other', groups: { today: 'x' } }],
    ]);
  });

  it('the workspace comes once to every newcomer, whatever it shows, and to all when it changes', async () => {
    await open();
    const wall = await rig.connect();
    const list = await rig.connect({ views: 'incidents' });
    await until(() => wall.names().includes('snapshot') && list.names().includes('snapshot'));
    rig.sockets.welcome({ ...usualWorkspace, brandsSet: false });
    const welcomes = (screen: TestScreen) => screen.got.filter(([name]) => name === 'welcome');
    await until(() => welcomes(wall).length === 2 && welcomes(list).length === 2);
    expect(welcomes(wall)).toMatchObject([
      ['welcome', { name: 'e', brandsSet: true }],
      ['welcome', { brandsSet: false }],
    ]);
    expect(welcomes(list)).toEqual(welcomes(wall));
  });

  it.each(['constructor', 'overview,constructor', ''])(
    '“%s” names a view that there is not: it gets the reason and is ended',
    async (views) => {
      await open();
      const screen = await rig.connect({ views });
      await until(() => screen.names().includes('disconnect'));
      expect(screen.got[0]).toMatchObject(['goodbye', { reason: 'bad_view' }]);
    },
  );

  it('sockets only push: a client that sends is ended', async () => {
    await open();
    const screen = await rig.connect();
    screen.socket.emit('patch', { state: 'mine' });
    await until(() => screen.names().includes('disconnect'));
  });

  it('more than 16 KB from a client ends the connection', async () => {
    await open();
    const screen = await rig.connect();
    screen.socket.emit('x', 'y'.repeat(20_000));
    await until(() => screen.names().includes('disconnect'));
    expect(last(screen)?.[1]).toMatch(/transport/);
  });

  it.each([['websocket'], ['polling']])('refuses a foreign Origin for %s', async (transport) => {
    await open();
    await expect(rig.connect({ transports: [transport], origin: 'http://evil.example' })).rejects.toThrow();
    await rig.connect({ transports: [transport], origin: `http://127.0.0.1:${rig.port}` });
    expect(rig.counted['clients overview']).toBe(1);
  });

  it.each(accessCases)('opens to whom HTTP lets change things, by poll and by upgrade: $name', async (one) => {
    rig = await socketsRig({}, publicUrl);
    const ask = (transport: string, more: string[]) =>
      new Promise<{ status: number | undefined; cors: string | undefined }>((resolve, reject) => {
        const call = request(`http://127.0.0.1:${rig.port}/socket.io/?EIO=4&transport=${transport}&views=overview`, {
          headers: [...rawHeadersOf(one, rig.port), ...more],
          agent: false,
        });
        const answered = (response: IncomingMessage) => {
          call.destroy();
          resolve({ status: response.statusCode, cors: response.headers['access-control-allow-origin'] });
        };
        call.on('response', answered).on('upgrade', answered).on('error', reject).end();
      });
    const upgrade = ['connection', 'Upgrade', 'upgrade', 'websocket', 'sec-websocket-version', '13'];
    const refused = one.changeAndSubscribe !== null;
    expect(await ask('polling', [])).toEqual({ status: refused ? 403 : 200, cors: undefined });
    expect(await ask('websocket', [...upgrade, 'sec-websocket-key', 'AAAAAAAAAAAAAAAAAAAAAA=='])).toEqual({
      status: refused ? 400 : 101,
      cors: undefined,
    });
  });

  it('a store that is away keeps the screen waiting, connected, until there is a state', async () => {
    await open();
    rig.away = true;
    const screen = await rig.connect();
    await until(() => rig.refused() > 0);
    expect(screen.got).toEqual([]);
    rig.away = false;
    await until(() => screen.names().includes('snapshot'));
  });

  it('says goodbye when the server stops, with a spread return', async () => {
    await open();
    const screen = await rig.connect();
    await rig.sockets.close();
    await until(() => screen.names().includes('disconnect'));
    expect(screen.got.find(([name]) => name === 'goodbye')).toEqual(['goodbye', { reason: 'server_stopping', retryAfterMs: 2_750 }]);
    await expect(rig.connect()).rejects.toThrow();
  });
});

describe('[S4] a slow reader', () => {
  it('has its queue weighed without a look at the text of each patch in it', async () => {
    await open();
    const screen = await rig.connect();
    await until(() => screen.names().includes('snapshot'));
    /** Texts measured while one more patch goes out, by as many as wait in the queue. */
    const measured: number[] = [];
    const byteLength = vi.spyOn(Buffer, 'byteLength');
    try {
      // Within one turn nothing is written: each patch joins the queue.
      for (let waiting = 0; waiting < 20; waiting += 1) {
        byteLength.mockClear();
        rig.patch(`patch ${waiting}`);
        measured.push(byteLength.mock.calls.length);
      }
    } finally {
      byteLength.mockRestore();
    }
    expect(new Set(measured).size).toBe(1);
    await until(() => screen.names().filter((name) => name === 'patch').length === 20);
  });

  it('gets no more patches over the bound, and the newest state when it reads again', async () => {
    await open({ packets: 200, bytes: 4_000_000, behindMs: 60_000 });
    const slow = await rig.connect();
    const quick = await rig.connect();
    await until(() => slow.names().includes('snapshot') && quick.names().includes('snapshot'));
    await fill(slow);
    for (let i = 0; i < 10; i++) {
      rig.patch(mega(`unseen ${i}`));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    rig.patch('newest');
    slow.resume();
    await until(() => slow.got.some(([name, message]) => name === 'snapshot' && message.revision === rig.revision()));
    expect(slow.got.some(([name, message]) => name === 'patch' && JSON.stringify(message.groups).includes('unseen'))).toBe(false);
    expect(last(slow)).toMatchObject(['snapshot', { state: { today: 'newest' } }]);
    rig.patch('and on');
    await until(() => last(slow)?.[0] === 'patch');
    expect(last(slow)).toMatchObject(['patch', { from: rig.revision() - 1 }]);
    // Nobody else was held up or missed anything.
    await until(() => quick.got.some(([name, message]) => name === 'patch' && message.revision === rig.revision()));
    expect(quick.names().filter((name) => name === 'snapshot')).toHaveLength(1);
  });

  it('is bounded by the number of packets as well', async () => {
    await open({ packets: 20, behindMs: 60_000 });
    const slow = await rig.connect();
    await until(() => slow.names().includes('snapshot'));
    await fill(slow);
    slow.resume();
    await until(() => slow.names().filter((name) => name === 'snapshot').length === 2);
  });

  it('without progress for the limit gets the reason, is disconnected, and counted', async () => {
    await open({ behindMs: 100, stalledMs: 600 });
    const slow = await rig.connect();
    await until(() => slow.names().includes('snapshot'));
    await fill(slow);
    await until(() => !rig.sockets.watched('overview'));
    expect(rig.counted['dropped client']).toBe(1);
    expect(rig.counted['clients overview']).toBe(0);
  });

  it('that reads again within the goodbye’s time learns the reason', async () => {
    await open({ behindMs: 100, stalledMs: 600 });
    const slow = await rig.connect();
    await until(() => slow.names().includes('snapshot'));
    await fill(slow);
    await until(() => rig.counted['dropped client'] === 1);
    slow.resume();
    await until(() => slow.names().includes('disconnect'));
    expect(slow.got.find(([name]) => name === 'goodbye')).toMatchObject(['goodbye', { reason: 'too_slow' }]);
  });
});
