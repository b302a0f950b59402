/**
 * Suites that need a disk they can fill: a small tmpfs. Where mounting one is not permitted
 * they are left out by name, with the reason on stdout, so that a runner can count them.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';

const REASON = 'mounting a small tmpfs is not permitted here';

const mount = (folder: string, megabytes: number): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]).status === 0;
const unmount = (folder: string): void => {
  spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
};
const newFolder = (): string => mkdtempSync(join(tmpdir(), 'warroom-disk-'));

/** Tried and undone at once: a suite that is only collected, or filtered out, runs no hook that could undo it. */
function mountable(): boolean {
  const folder = newFolder();
  const mounted = mount(folder, 1);
  unmount(folder);
  return mounted;
}

/** The tests of `body` find the folder of an empty disk of that many megabytes by calling `folder`; it is gone after the suite. */
export function describeWithSmallDisk(suite: string, megabytes: number, body: (folder: () => string) => void): void {
  let folder = '';
  if (!mountable()) {
    process.stdout.write(`NOT RUN: ${suite}: ${REASON}\n`);
    describe.skip(`${suite} (not run: ${REASON})`, () => body(() => folder));
    return;
  }
  describe(suite, () => {
    beforeAll(() => {
      folder = newFolder();
      if (!mount(folder, megabytes)) throw new Error(`no disk of ${megabytes} MB could be mounted`);
    });
    afterAll(() => unmount(folder));
    body(() => folder);
  });
}
