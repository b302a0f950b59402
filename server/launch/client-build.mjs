/** Builds the client when its sources differ from what was built last, judged by content. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hand } from './run.mjs';
import { LaunchError, say } from './say.mjs';

/** What the built client depends on. */
const sources = ['client', 'shared', 'vite.config.ts', 'package-lock.json'];

/** Beside the output and not in it: vite empties that folder. */
const markFile = (root) => path.join(root, 'dist/client-sources.sha256');

export function clientIsCurrent(root) {
  const mark = markFile(root);
  return existsSync(path.join(root, 'dist/client/index.html')) && existsSync(mark) && readFileSync(mark, 'utf8') === sourcesHash(root);
}

export async function buildClient(root, node) {
  say('building the client …');
  // Before the build: an edit during it then shows as a difference at the next start.
  const hash = sourcesHash(root);
  const code = await hand(node, [path.join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], root, {
    toStderr: true,
  });
  if (code !== 0) throw new LaunchError(`the client could not be built (exit ${code}); the reason is above`, code);
  mkdirSync(path.dirname(markFile(root)), { recursive: true });
  writeFileSync(markFile(root), hash);
}

function sourcesHash(root) {
  const hash = createHash('sha256');
  for (const relative of sources.flatMap((source) => filesUnder(root, source))) {
    hash.update(`${relative.replaceAll(path.sep, '/')}\n`).update(readFileSync(path.join(root, relative)));
  }
  return hash.digest('hex');
}

/** Files at or below a path, relative to the root, in an order that does not depend on the file system. */
function filesUnder(root, relative) {
  const full = path.join(root, relative);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [relative];
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesUnder(root, path.join(relative, name)));
}
