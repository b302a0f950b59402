/** Runs programs of ours to their end, in an environment no developer's shell can change. */
import { spawn } from 'node:child_process';
import { projectRoot } from './project-root.ts';
import { cleanEnvironment } from './war-room.ts';

export interface Ended {
  readonly code: number | null;
  /** stdout and stderr as they came. */
  readonly output: string;
}

/** Node with these arguments, in the project's folder; `env` is added to a clean environment. */
export function runNode(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: projectRoot,
      env: { ...cleanEnvironment(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: Buffer) => (output += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

/** The command line of the war room. */
export function warroom(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return runNode(['server/cli.ts', ...args], env);
}
