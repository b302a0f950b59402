/** Names the build a process runs: the package's version and the client it serves, so that screens know when to load anew. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export function buildName(root: string): string {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  const mark = path.join(root, 'dist/client-sources.sha256');
  return existsSync(mark) ? `${version}+${readFileSync(mark, 'utf8').slice(0, 8)}` : version;
}
