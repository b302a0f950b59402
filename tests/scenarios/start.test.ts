/** Starting and stopping the real process: what people see, and the exit codes supervisors act on. */
import { createServer } from 'node:net';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { io } from 'socket.io-client';
import { afterEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../helpers/project-root.ts';
import { runNode, warroom } from '../helpers/program.ts';
import { eventually, warRoom, type WarRoom, type WarRoomOptions } from '../helpers/war-room.ts';

const rooms: WarRoom[] = [];
const folders: string[] = [];
async function start(options: WarRoomOptions = {}): Promise<WarRoom> {
  const room = await warRoom(options);
  rooms.push(room);
  await room.start();
  return room;
}
function folder(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'warroom-'));
  folders.push(made);
  return made;
}
afterEach(async () => {
  await Promise.all(rooms.splice(0).map((room) => room.dispose()));
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});
const serve = (env: Readonly<Record<string, string>>) => runNode(['server/main.ts'], { DEMO: 'off', PORT: '0', ...env });

const json = async (url: string) => (await fetch(url)).json() as Promise<Record<string, unknown>>;

describe('starting', () => {
  it('prints one line with the address, and is ready then', async () => {
    const server = await start();
    await eventually('the line', async () => (server.output().includes('ready') ? true : undefined), 60_000);
    const plain = server
      .output()
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('{'));
    expect(plain).toEqual([`营销作战室 ready: ${server.url}/`]);
    expect(await json(`${server.url}/readyz`)).toMatchObject({ ready: true, lag: 0, workspace: { demo: false } });
  });

  it('puts the page of metrics together once a second at most, however often it is read', async () => {
    const server = await start();
    const began = performance.now();
    const pages = new Set<string>();
    for (let i = 0; i < 20; i++) pages.add(await (await fetch(`${server.url}/metrics`)).text());
    // Each page that is put together differs: it tells the processor time of the process.
    expect(pages.size).toBeLessThanOrEqual(1 + Math.ceil((performance.now() - began) / 1_000));
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('drains and exits with 0 on %s', async (signal) => {
    const server = await start();
    expect(await server.kill(signal)).toBe(0);
  });

  it('drains also while its sources are still being opened, so that screens and the store hear of the end', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const { port } = silent.address() as { port: number };
    const server = await start({ env: { KAFKA_BROKERS: `127.0.0.1:${port}` } });
    const screen = io(server.url, { query: { views: 'overview' }, reconnection: false });
    try {
      const heard = new Promise((resolve) => {
        screen.on('goodbye', resolve);
        screen.on('disconnect', resolve);
      });
      await new Promise((resolve) => screen.once('connect', () => resolve(undefined)));
      expect(await server.kill('SIGTERM')).toBe(0);
      expect(await heard).toMatchObject({ reason: 'server_stopping' });
      expect(server.output()).not.toContain('ready:');
    } finally {
      screen.disconnect();
      silent.close();
    }
  });

  it('takes the two or three signals of one Ctrl-C for one', async () => {
    const server = await start();
    const pressed = server.kill('SIGINT');
    process.kill(server.pid() as number, 'SIGINT');
    expect(await pressed).toBe(0);
  });

  it('refuses a store another server has, and names its process', async () => {
    const first = await start();
    const second = await serve({ DATA_DIR: first.dataDir });
    expect(second.code).toBe(1);
    expect(second.output).toContain(`process ${first.pid()}`);
    expect(second.output.trim().split('\n')).toHaveLength(1);
  });

  it('says in one line which port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    try {
      const { port } = await new Promise<{ port: number }>((resolve) =>
        other.once('listening', () => resolve(other.address() as { port: number })),
      );
      const run = await serve({ PORT: String(port), DATA_DIR: folder() });
      expect(run.code).toBe(1);
      expect(run.output).toMatch(new RegExp(`^warroom: port ${port} on 127\\.0\\.0\\.1 is taken.*\\n$`));
    } finally {
      other.close();
    }
  });

  it.each([
    ['PORT', 'eighty'],
    ['HOST', '0.0.0.0'],
    ['TIME_ZONE', 'Mars/Olympus'],
    ['TIME_ZONE', 'IST'],
    ['CURRENCY', 'ZZZ'],
    ['KAFKA_BROKER', 'localhost:9092'],
  ])('refuses %s=%s in one line that names it', async (name, value) => {
    const run = await serve({ DATA_DIR: folder(), [name]: value });
    expect(run.code).toBe(1);
    expect(run.output.trim().split('\n')).toHaveLength(1);
    expect(run.output).toContain(name);
  });

  it('says in one line that the data folder cannot be made', async () => {
    const file = path.join(folder(), 'a-file');
    writeFileSync(file, '');
    const run = await serve({ DATA_DIR: path.join(file, 'data') });
    expect(run.code).toBe(1);
    expect(run.output).toMatch(/^warroom: DATA_DIR=.*a-file\/data cannot be used: .+\n$/);
  });

  it('is up with the source red while no broker answers', async () => {
    const server = await start({ env: { KAFKA_BROKERS: '127.0.0.1:1' } });
    const red = async () => {
      const state = await json(`${server.url}/readyz`);
      return (state['reasons'] as { code: string }[])[0]?.code === 'broker_unreachable' ? state : undefined;
    };
    const state = await eventually('the source says that the broker is away', red, 60_000);
    expect(state).toMatchObject({ ready: false, sources: [{ source: 'kafka', state: 'down' }] });
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });
});

describe('what gives the numbers their meaning', () => {
  it('[KP14] [KP15] a filled store refuses another currency and another zone in one line that says what to set, and the doctor says it too', async () => {
    const server = await start({ env: { CURRENCY: 'KWD', TIME_ZONE: 'Asia/Kuwait' } });
    const target = { kpi: 'net_sales', grain: 'month', period: '2026-11', value: 1_000, owner: 'o', reason: 'r' };
    expect((await server.send('PUT', '/api/targets', { targets: [target] })).status).toBe(200);
    await server.kill('SIGTERM');

    const cases = [
      [{ CURRENCY: 'JPY', TIME_ZONE: 'asia/kuwait' }, /in KWD, the settings say JPY: set CURRENCY=KWD/],
      [{ CURRENCY: 'KWD', TIME_ZONE: 'Asia/Kabul' }, /in Asia\/(Kuwait|Riyadh), the settings say Asia\/Kabul: set TIME_ZONE=Asia\//],
    ] as const;
    for (const [settings, line] of cases) {
      const run = await serve({ DATA_DIR: server.dataDir, ...settings });
      expect(run.code).toBe(1);
      expect(run.output.trim().split('\n')).toHaveLength(1);
      expect(run.output).toMatch(line);
      const seen = await warroom(['doctor'], { DATA_DIR: server.dataDir, PORT: '0', ...settings });
      expect(seen.output).toMatch(/WRONG warroom\.db: .* the settings say/);
    }
  });

  it('the demo’s store is made anew for other settings', async () => {
    const server = await start({ env: { DEMO: 'on' } });
    await server.kill('SIGTERM');
    const other = await warRoom({ env: { DEMO: 'on', DATA_DIR: server.dataDir, CURRENCY: 'JPY', TIME_ZONE: 'Asia/Tokyo' } });
    rooms.push(other);
    await other.start();
    const ready = async () => ((await json(`${other.url}/readyz`))['ready'] === true ? true : undefined);
    await eventually('the demo of the other settings is ready', ready, 60_000);
  });
});

describe('a bug', () => {
  it.each([
    ['thrown', "setTimeout(() => { throw new Error('the impossible happened'); });"],
    ['a promise nobody awaits', "void Promise.reject(new Error('the impossible happened'));"],
    ['a source that cannot go on', "life.onBug(new Error('the impossible happened'));"],
  ])('[I14] %s ends the process with 1, a fatal log line and a last line that says so', async (_name, act) => {
    const program = `const { lifeCycle } = await import('./server/compose/life-cycle.ts');
      const { createLogger } = await import('./server/adapters/system/logger.ts');
      const life = lifeCycle(() => createLogger({ level: 'info' }));
      setInterval(() => {}, 1_000);
      ${act}`;
    const { code, output } = await runNode(['--input-type=module', '-e', program]);
    expect(code).toBe(1);
    expect(output).toContain('"level":"fatal"');
    expect(output.trim().split('\n').at(-1)).toBe('warroom: stopped: the impossible happened');
  });
});

describe('the launcher', () => {
  it('hands its command, its signals and the exit code over to Node 24', async () => {
    const help = await runNode(['server/launch.mjs', 'import', '--help']);
    expect(help.code).toBe(0);
    expect(help.output).toContain('warroom import');
    expect((await runNode(['server/launch.mjs', 'no-such-command'])).code).toBe(1);
    expect(existsSync(path.join(projectRoot, 'node_modules/node/bin'))).toBe(true);
  });

  it('every command has its help', async () => {
    for (const command of [['serve'], ['import'], ['demo'], ['topics'], ['topics', 'create'], ['topics', 'list'], ['doctor'], ['verify']]) {
      const { code, output } = await warroom([...command, '--help']);
      expect(code, command.join(' ')).toBe(0);
      expect(output).toContain('Usage: warroom');
    }
  });
});

describe('the doctor', () => {
  it('finds a fresh machine well but for what is missing, and says what to do', async () => {
    const run = await warroom(['doctor'], { DATA_DIR: folder(), PORT: '0', KAFKA_BROKERS: '127.0.0.1:1' });
    expect(run.code).toBe(1);
    expect(run.output).toMatch(/WRONG no broker of 127\.0\.0\.1:1 can be reached/);
    expect(run.output).toMatch(/→ .*KAFKA_BROKERS/);
    expect(run.output).toContain('1 to mend.');
  });

  it('and the gaps of the roster name the channels whose secrets a lost key file no longer opens', async () => {
    const server = await start();
    const put = async (path: string, body: unknown) => {
      const options = { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
      expect((await fetch(`${server.url}${path}`, options)).status).toBe(200);
    };
    const people = [{ id: 'lin', name: '林悦', roles: ['duty'], contacts: [{ channel: 'night' }] }];
    const url = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k';
    await put('/api/channels', { channels: [{ id: 'night', kind: 'wecom', url, enabled: true }] });
    await put('/api/policies/roster', { value: { people, shifts: [] }, owner: '林悦', reason: '排班' });
    const contacts = async () => (await json(`${server.url}/api/roster/gaps`))['contacts'];
    expect(await contacts()).toEqual([]);
    const doctor = () => warroom(['doctor'], { DATA_DIR: server.dataDir, PORT: '0' });
    expect((await doctor()).output).toContain('the secrets of its 1 alert channels can be opened');
    await server.kill('SIGTERM');
    rmSync(path.join(server.dataDir, 'secret.key'));
    expect((await doctor()).output).toMatch(/WRONG warroom\.db: SECRET_KEY_FILE=.* alert channels night: nobody is reached by them/);
    expect(existsSync(path.join(server.dataDir, 'secret.key'))).toBe(false);
    await server.start();
    expect(await contacts()).toEqual([{ person: 'lin', name: '林悦', channel: 'night', off: true, unreadable: true }]);
    expect(await json(`${server.url}/api/channels`)).toMatchObject({ channels: [{ id: 'night', readable: false }] });
    expect((await doctor()).output).toMatch(/WRONG warroom\.db: SECRET_KEY_FILE=.* alert channels night/);
  });

  it('looks at a store that is being served without disturbing it', async () => {
    const server = await start();
    // The ledger of a new store is written after the server has begun to answer, and says so while it is.
    const whole = async () => {
      const { ready, ledger } = await json(`${server.url}/readyz`);
      return (ready === true && JSON.stringify(ledger).includes('"state":"ready"')) || undefined;
    };
    await eventually('ready before the doctor looks', whole, 60_000);
    const run = await warroom(['doctor'], { DATA_DIR: server.dataDir, PORT: new URL(server.url).port });
    expect(run.output).toContain(`in use by process ${server.pid()}`);
    expect(run.output).toContain(`serves ${server.url}`);
    expect(await json(`${server.url}/readyz`)).toMatchObject({ ready: true, reasons: [] });
  });
});
