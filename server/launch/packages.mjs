/**
 * Installed packages against the lock file. npm keeps a copy of what it installed in
 * node_modules/.package-lock.json; comparing the two finds every missing or outdated
 * package without starting npm, and leaves alone a tree that somebody keeps by hand.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { hand } from './run.mjs';
import { LaunchError, say } from './say.mjs';

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Name of one package that is not installed as locked, or null when the tree is good. */
export function missingPackage(root) {
  const lockFile = path.join(root, 'package-lock.json');
  const installedFile = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return 'everything';
  if (!existsSync(lockFile)) return null;
  const installed = readJson(installedFile).packages;
  for (const [place, locked] of Object.entries(readJson(lockFile).packages)) {
    // Optional packages are those of other platforms; npm decides about them.
    if (place === '' || locked.optional || locked.devOptional) continue;
    if (installed[place]?.version !== locked.version) return place.replace(/^.*node_modules\//, '');
  }
  return null;
}

/** Runs npm: exactly the lock file where there is one. */
export async function installPackages(root, missing) {
  const exact = existsSync(path.join(root, 'package-lock.json'));
  say(missing === 'everything' ? 'installing packages, once …' : `packages changed (${missing}), installing …`);
  // Development packages too: the client is built and tested here, also where NODE_ENV=production.
  const code = await npm(root, [exact ? 'ci' : 'install', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0)
    throw new LaunchError(`npm could not install the packages (exit ${code}); its message is above. Mend that and start again.`, code);
}

/** Path of the project's own Node; falls back to the running one when that is new enough. */
export async function projectNode(root) {
  const wanted = readJson(path.join(root, 'package.json')).dependencies.node;
  const file = path.join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(file)) return file;
  if (Number.parseInt(process.versions.node, 10) >= Number.parseInt(wanted, 10)) return process.execPath;
  // An npm told to ignore install scripts leaves the package `node` empty.
  say(`fetching Node ${wanted} for this project …`);
  await npm(root, ['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error']);
  if (existsSync(file)) return file;
  throw new LaunchError(
    `Node ${wanted} could not be put in place. Allow the install script of the npm package "node" (npm rebuild node), or start with Node ${wanted} or newer.`,
  );
}

/** The npm that started us where there is one, else the one on the path. Its output goes to stderr. */
function npm(root, args) {
  const cli = process.env.npm_execpath;
  if (cli && /npm-cli\.c?js$/.test(cli)) return hand(process.execPath, [cli, ...args], root, { toStderr: true });
  const windows = process.platform === 'win32';
  return hand(windows ? 'npm.cmd' : 'npm', args, root, { toStderr: true, shell: windows });
}
