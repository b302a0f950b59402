/** One run of the engine's process. */
import { fork } from 'node:child_process';
import type { EngineSettings, FromEngine, ToEngine } from '../messages.ts';

export interface EngineProcess {
  readonly pid: number | undefined;
  send(message: ToEngine): void;
  /** Ends it at once. */
  kill(): void;
  /** Asks it to close its file and end; ends it if it does not. */
  stop(): Promise<void>;
}

const STOP_MS = 5_000;
/** What it says on its way out, such as an error of native code, goes into the log line about its end. */
const ERROR_OUTPUT_KEPT = 2_000;
/** Rows pass through and are garbage soon: a small heap does, and the database's memory is apart from it. */
const nodeFlags = ['--max-old-space-size=256', '--max-semi-space-size=8'];

export function startProcess(
  script: URL,
  settings: EngineSettings,
  receive: (message: FromEngine) => void,
  ended: (why: string) => void,
): EngineProcess {
  const child = fork(script, [JSON.stringify(settings)], {
    serialization: 'advanced',
    execArgv: nodeFlags,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let errorOutput = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (errorOutput = `${errorOutput}${text}`.slice(-ERROR_OUTPUT_KEPT)));
  child.on('message', (message: FromEngine) => receive(message));
  const exited = new Promise<void>((resolve) => {
    let over = false;
    const end = (why: string): void => {
      if (over) return;
      over = true;
      ended(errorOutput.trim() === '' ? why : `${why}: ${errorOutput.trim()}`);
      resolve();
    };
    child.once('error', (error) => end(error.message));
    child.once('exit', (code, signal) => end(signal ?? `exit code ${code}`));
  });
  return {
    pid: child.pid,
    send: (message) => void (child.connected && child.send(message, () => undefined)),
    kill: () => void child.kill('SIGKILL'),
    async stop() {
      if (child.connected) child.send({ kind: 'stop' } satisfies ToEngine, () => undefined);
      const killTimer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await exited;
      clearTimeout(killTimer);
    },
  };
}
