/**
 * The first thing that runs, on whatever Node ≥ 20 the machine has: puts in place what is
 * missing (packages, among them the project's own Node 24, and the built client) and hands
 * over to that Node. Plain JavaScript without dependencies, because nothing is installed yet.
 *
 *   node server/launch.mjs [command …]   the command line of the war room; `serve` when none is named
 *   node server/launch.mjs --test | --check | --soak | --bench | --dev [argument …]
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { clientIsCurrent, buildClient } from './launch/client-build.mjs';
import { missingPackage, installPackages, projectNode } from './launch/packages.mjs';
import { hand } from './launch/run.mjs';
import { nodeFlags, serverEnvironment } from './launch/server-process.mjs';
import { LaunchError, say } from './launch/say.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const OLDEST_NODE = 20;

/** Entry file by mode, and whether it needs the built client. */
const modes = {
  '--test': { entry: 'tests/run.ts', client: true },
  '--check': { entry: 'tests/check.ts', client: false },
  '--soak': { entry: 'tests/soak.ts', client: false },
  '--bench': { entry: 'tests/bench/run.ts', client: true },
  '--dev': { entry: 'node_modules/vite/bin/vite.js', client: false },
};

async function launch(args) {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    throw new LaunchError(`Node ${OLDEST_NODE} or newer is needed to start (this is ${process.version}); see nodejs.org`);
  }
  const missing = missingPackage(root);
  if (missing) await installPackages(root, missing);
  const node = await projectNode(root);

  const mode = modes[args[0]];
  const command = args.length === 0 ? ['serve'] : args;
  const needsClient = mode ? mode.client : command[0] === 'serve' && !command.includes('--help');
  if (needsClient && !clientIsCurrent(root)) await buildClient(root, node);
  return mode
    ? hand(node, [path.join(root, mode.entry), ...args.slice(1)], root)
    : hand(node, [...nodeFlags, path.join(root, 'server/cli.ts'), ...command], process.cwd(), { env: serverEnvironment(root) });
}

launch(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    if (!(error instanceof LaunchError)) throw error;
    say(error.message);
    process.exitCode = error.exitCode;
  },
);
