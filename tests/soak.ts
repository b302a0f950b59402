/**
 * `npm run soak`: the long forms of tests that last. Each also runs with every change, in its short form.
 *
 *   npm run soak                     all of them, about two hours
 *   npm run soak -- wall [minutes]   seven days on one wall, in an hour or so many minutes
 *   npm run soak -- faults           hundreds of kills of the server and of its ledger
 *   npm run soak -- orders           thousands of arrival orders and cuts of generated events
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { serverEnvironment } from '../server/launch/server-process.mjs';
import { projectRoot } from './helpers/project-root.ts';

const parts: Readonly<Record<string, readonly { readonly suite: string; readonly files: readonly string[] }[]>> = {
  wall: [{ suite: 'e2e', files: ['tests/e2e/wall-week.test.ts'] }],
  faults: [
    { suite: 'faults', files: ['tests/faults'] },
    { suite: 'contracts', files: ['tests/contracts/log/kafka-outage.test.ts'] },
  ],
  orders: [{ suite: 'unit', files: ['tests/server/domain/fold/any-order.test.ts', 'tests/server/pipeline/ingest/consume-units.test.ts'] }],
};

function main([asked, minutes]: readonly string[]): number {
  const names = asked === undefined ? Object.keys(parts) : [asked];
  const unknown = names.find((name) => !(name in parts));
  if (unknown !== undefined || (minutes !== undefined && !(Number(minutes) > 0))) {
    console.error(`There is no such soak. There are: ${Object.keys(parts).join(', ')}; wall takes a number of minutes.`);
    return 2;
  }
  const week = minutes === undefined ? {} : { WEEK_SECONDS: String(Number(minutes) * 60) };
  const env = { ...process.env, ...serverEnvironment(projectRoot), ...week, LONG: '1' };
  const vitest = path.join(projectRoot, 'node_modules/vitest/vitest.mjs');
  const failed = names
    .flatMap((name) => parts[name] ?? [])
    .filter(({ suite, files }) => {
      const args = [vitest, 'run', '--project', suite, ...files];
      return spawnSync(process.execPath, args, { cwd: projectRoot, stdio: 'inherit', env }).status !== 0;
    });
  return failed.length === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
