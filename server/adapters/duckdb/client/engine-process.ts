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
const LAST_WORDS = 2_000;
/** Rows pass through and are garbage soon: a small heap does, and the database's memory is apart from it. */
const nodeFlags = ['--max-old-space-size=256', '--max-semi-space-size=8'];

export function startProcess(
  script: URL,
  settings: EngineSettings,
  hear: (message: FromEngine) => void,
  ended: (why: string) => void,
): EngineProcess {
  const child = fork(script, [JSON.stringify(settings)], {
    serialization: 'advanced',
    execArgv: nodeFlags,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (words = `${words}${text}`.slice(-LAST_WORDS)));
  child.on('message', (message: FromEngine) => hear(message));
  const gone = new Promise<void>((resolve) => {
    let over = false;
    const end = (why: string): void => {
      if (over) return;
      over = true;
      ended(words.trim() === '' ? why : `${why}: ${words.trim()}`);
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
      const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await gone;
      clearTimeout(impatience);
    },
  };
}
