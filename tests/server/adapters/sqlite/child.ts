/** Starts a script, most often `child-store.ts`, in a process of its own and reads its lines. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const childStore = fileURLToPath(new URL('./child-store.ts', import.meta.url));

export interface Child {
  readonly process: ChildProcess;
  /** Lines printed so far. */
  readonly lines: string[];
  /** Resolves once the child printed that many lines. */
  printed(count: number): Promise<void>;
  /** Resolves once it is gone by itself. */
  ended(): Promise<void>;
  /** SIGKILL, resolves when it is gone. */
  kill(): Promise<void>;
}

export const startChild = (file: string, mode: 'hold' | 'write'): Child => startScript(childStore, [file, mode]);

export function startScript(script: string, args: readonly string[]): Child {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const waiting: { count: number; done: () => void }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const w of waiting) if (lines.length >= w.count) w.done();
  });
  return {
    process: child,
    lines,
    printed(count) {
      if (lines.length >= count) return Promise.resolve();
      return new Promise((resolve, reject) => {
        waiting.push({ count, done: resolve });
        child.once('exit', (code) => reject(new Error(`the child ended with ${code} after ${lines.length} lines`)));
      });
    },
    async ended() {
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
