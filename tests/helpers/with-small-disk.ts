/**
 * Suites that need a disk they can fill: a small tmpfs. Where mounting one is not permitted
 * they are left out by name, with the reason on stdout, so that a runner can count them.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';

const REASON = 'mounting a small tmpfs is not permitted here';

/** `body` gets the folder of an empty disk of that many megabytes, which is gone after the suite. */
export function describeWithSmallDisk(suite: string, megabytes: number, body: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'warroom-disk-'));
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]).status !== 0) {
    rmSync(folder, { recursive: true });
    process.stdout.write(`NOT RUN: ${suite}: ${REASON}\n`);
    describe.skip(`${suite} (not run: ${REASON})`, () => body(folder));
    return;
  }
  describe(suite, () => {
    afterAll(() => {
      spawnSync('umount', [folder]);
      rmSync(folder, { recursive: true, force: true });
    });
    body(folder);
  });
}
