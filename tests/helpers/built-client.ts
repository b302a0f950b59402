/**
 * The client as it is shipped, in a folder of the tests' own. What `npm test` has built a moment before is taken as it is where
 * the sources are still the same, judged by their content; else it is built.
 */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { clientIsCurrent } from '../../server/launch/client-build.mjs';

const root = resolve(import.meta.dirname, '../..');

/** `name` keeps test files apart that run at the same time. Answers the folder; `.vite/manifest.json` in it says what imports what. */
export async function builtClient(name: string): Promise<string> {
  if (clientIsCurrent(root)) return resolve(root, 'dist/client');
  const out = resolve(root, '.cache/test-client', name);
  const vite = resolve(root, 'node_modules/vite/bin/vite.js');
  await promisify(execFile)(process.execPath, [vite, 'build', '--outDir', out, '--emptyOutDir', '--logLevel', 'error'], {
    cwd: root,
    // The test runner's own mode would build React's development version.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  return out;
}
