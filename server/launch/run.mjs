/** Runs a child in our place: same terminal, signals passed on, its exit code returned. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { LaunchError } from './say.mjs';

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const PARENT_LOOK_MS = 1_000;

/**
 * Resolves with the exit code; 128 + n when a signal ended the child. The child may get a
 * terminal's Ctrl-C twice (from the terminal and from here) and must take that as one.
 * @param {{toStderr?: boolean, shell?: boolean, env?: Record<string, string>}} [options]
 *   `toStderr`: the child's stdout goes to stderr; `env`: on top of our own
 */
export function hand(command, args, cwd, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      shell: options.shell ?? false,
      env: { ...process.env, ...options.env },
      stdio: ['inherit', options.toStderr ? 2 : 'inherit', 'inherit'],
    });
    const pass = (signal) => child.kill(signal);
    for (const signal of passedOn) process.on(signal, pass);
    const stopWatching = whenNpmIsGone(() => child.kill('SIGTERM'));
    const done = () => {
      stopWatching();
      for (const signal of passedOn) process.off(signal, pass);
    };
    child.on('error', (error) => {
      done();
      reject(new LaunchError(error.code === 'ENOENT' ? `${command} was not found on this machine` : `${command}: ${error.message}`));
    });
    child.on('exit', (code, signal) => {
      done();
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

/**
 * npm that is killed, or whose shell dies of a signal, leaves us behind without a word. Only
 * under npm: started by hand into the background we are meant to outlive the shell.
 * On POSIX the script "start" begins with `exec`, so that npm's signals reach us at all;
 * Windows has no `exec` and takes what stands after `||`.
 */
function whenNpmIsGone(act) {
  if (process.env.npm_lifecycle_event === undefined) return () => undefined;
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid !== parent) act();
  }, PARENT_LOOK_MS);
  return () => clearInterval(look);
}
