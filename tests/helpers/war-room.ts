/**
 * The real server as a process of its own, for tests that kill it, measure it or look
 * at it: a data folder that outlives the process, a free port, and a few plain calls.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nodeFlags, serverEnvironment } from '../../server/launch/server-process.mjs';
import { freePort } from './ports.ts';
import { projectRoot } from './project-root.ts';

export interface WarRoom {
  readonly url: string;
  readonly dataDir: string;
  /** Everything the running process printed, for messages of failed tests. */
  output(): string;
  /** Starts the process (again) and resolves once it answers /healthz. */
  start(): Promise<void>;
  /** Resolves with the exit code (null after a signal) once the process is gone. */
  kill(signal: 'SIGKILL' | 'SIGTERM' | 'SIGINT'): Promise<number | null>;
  running(): boolean;
  pid(): number | undefined;
  /** Ends the process, if it runs, and removes its data. */
  dispose(): Promise<void>;
  get<T>(route: string): Promise<T>;
  send<T>(method: 'POST' | 'PUT', route: string, body: unknown, contentType?: string): Promise<{ status: number; body: T }>;
}

export interface WarRoomOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** The data of another war room, which must not run at the same time and removes it in the end. */
  readonly dataDir?: string;
  /** How long a start may take, ms. */
  readonly startMs?: number;
}

export async function warRoom(options: WarRoomOptions = {}): Promise<WarRoom> {
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'warroom-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  let child: ChildProcess | undefined;
  let output = '';
  let gone: Promise<number | null> = Promise.resolve(null);
  const alive = () => child !== undefined && child.exitCode === null && child.signalCode === null;
  const endWithUs = () => child?.kill('SIGKILL');
  process.on('exit', endWithUs);

  const start = async () => {
    if (alive()) throw new Error('the war room is running already');
    const started = spawn(process.execPath, [...nodeFlags, 'server/main.ts'], {
      cwd: projectRoot,
      env: {
        ...cleanEnvironment(),
        ...serverEnvironment(projectRoot),
        DATA_DIR: dataDir,
        PORT: String(port),
        DEMO: 'off',
        // Its mentions would be among those a test counts.
        WATCHDOG: 'off',
        LOG_LEVEL: 'warn',
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-20_000));
    started.stdout.on('data', keep);
    started.stderr.on('data', keep);
    gone = new Promise((resolve) => started.once('exit', (code) => resolve(code)));
    const until = Date.now() + (options.startMs ?? 120_000);
    while (!(await healthy(url))) {
      if (!alive()) throw new Error(`the war room ended while starting:\n${output}`);
      if (Date.now() > until) throw new Error(`the war room did not answer in time:\n${output}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  };

  return {
    url,
    dataDir,
    output: () => output,
    start,
    kill: async (signal) => {
      if (alive()) child?.kill(signal);
      return gone;
    },
    running: alive,
    pid: () => child?.pid,
    dispose: async () => {
      if (alive()) child?.kill('SIGKILL');
      await gone;
      process.off('exit', endWithUs);
      // A process that the server has started may still write for a moment.
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
    get: async <T>(route: string) => {
      const response = await fetch(url + route);
      if (!response.ok) throw new Error(`GET ${route}: ${String(response.status)} ${await response.text()}`);
      return (await response.json()) as T;
    },
    send: async <T>(method: 'POST' | 'PUT', route: string, body: unknown, contentType = 'application/json') => {
      const response = await fetch(url + route, {
        method,
        headers: { 'content-type': contentType },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      const text = await response.text();
      return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
    },
  };
}

/** Waits until `probe` gives a value other than undefined; the error names what was waited for. */
export async function eventually<T>(what: string, probe: () => Promise<T | undefined>, withinMs: number): Promise<T> {
  const until = Date.now() + withinMs;
  let last: unknown;
  for (;;) {
    try {
      const value = await probe();
      if (value !== undefined) return value;
    } catch (error) {
      last = error;
    }
    if (Date.now() > until)
      throw new Error(`not within ${String(withinMs)} ms: ${what}${last instanceof Error ? ` (${last.message})` : ''}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The caller's environment without variables that would configure the server by accident. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^(KAFKA_|DEMO|DATA_DIR|PORT$|HOST$|TIME_ZONE|PUBLIC_URL|LOG_LEVEL|NODE_OPTIONS|VITEST|NODE_ENV|npm_|INIT_CWD)/.test(name),
    ),
  );
}

async function healthy(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`)).ok;
  } catch {
    return false;
  }
}
