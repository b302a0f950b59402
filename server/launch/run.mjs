/** Runs a child in our place: same terminal, signals passed on, its exit code returned. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { LaunchError } from './say.mjs';

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Resolves with the exit code; 128 + n when a signal ended the child. The child may get a
 * terminal's Ctrl-C twice (from the terminal and from here) and must take that as one.
 * @param {{toStderr?: boolean, shell?: boolean}} [options] `toStderr`: the child's stdout goes to stderr
 */
export function hand(command, args, cwd, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      shell: options.shell ?? false,
      stdio: ['inherit', options.toStderr ? 2 : 'inherit', 'inherit'],
    });
    const pass = (signal) => child.kill(signal);
    for (const signal of passedOn) process.on(signal, pass);
    const done = () => {
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
