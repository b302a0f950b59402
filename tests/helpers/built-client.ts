/** Builds the client as it is shipped, into a folder of the test's own. Under a second or two; tests must not trust an old build. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(import.meta.dirname, '../..');

/** `name` keeps test files apart that run at the same time. Answers the folder; `.vite/manifest.json` in it says what imports what. */
export async function buildClient(name: string): Promise<string> {
  const out = resolve(root, '.cache/test-client', name);
  const vite = resolve(root, 'node_modules/vite/bin/vite.js');
  await promisify(execFile)(process.execPath, [vite, 'build', '--outDir', out, '--emptyOutDir', '--manifest', '--logLevel', 'error'], {
    cwd: root,
    // The test runner's own mode would build React's development version.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  return out;
}
