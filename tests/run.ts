/**
 * `npm test`: every suite, then one sum. Suites share a run where the waiting of one, for a broker, a browser or a server, is
 * the work of another. A suite that could not run is named with its reason and its number of tests.
 * The last line is exactly `N passed, N failed`.
 *
 *   npm test -- [suite …]      only these suites
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { serverEnvironment } from '../server/launch/server-process.mjs';
import { projectRoot } from './helpers/project-root.ts';
import { readReport, type SuiteResult } from './helpers/report.ts';

/** Suites of one run of vitest, and how many of their files run at a time where that is not what `vite.config.ts` says. */
interface Group {
  readonly suites: readonly string[];
  readonly files?: number;
}

const groups: readonly Group[] = [
  { suites: ['unit'] },
  { suites: ['contracts', 'scenarios', 'oracle'], files: 2 * availableParallelism() },
  { suites: ['e2e', 'faults'], files: availableParallelism() + 1 },
];
const known = groups.flatMap((group) => group.suites);

// Stripping types in many short-lived threads at once has brought Node 24 down (SIGSEGV); kept code needs no stripping.
const env = { ...process.env, ...serverEnvironment(projectRoot) };

function run({ suites, files }: Group): Promise<SuiteResult> {
  const name = suites.join(', ');
  const report = path.join(projectRoot, '.cache/test-reports', `${suites.join('-')}.json`);
  mkdirSync(path.dirname(report), { recursive: true });
  // A report of an earlier run must not stand in for one that was never written.
  rmSync(report, { force: true });
  const vitest = path.join(projectRoot, 'node_modules/vitest/vitest.mjs');
  const projects = suites.flatMap((suite) => ['--project', suite]);
  const args = [vitest, 'run', ...projects, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  if (files) args.push(`--maxWorkers=${files}`);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: projectRoot, stdio: 'inherit', env });
    child.on('error', () => resolve(readReport(name, report, 1)));
    child.on('exit', (code) => resolve(readReport(name, report, code ?? 1)));
  });
}

async function main(asked: readonly string[]): Promise<number> {
  const unknown = asked.filter((suite) => !known.includes(suite));
  if (unknown.length > 0) {
    console.error(`There is no suite ${unknown.join(', ')}. Suites: ${known.join(', ')}.`);
    return 2;
  }
  const warmed = spawnSync(process.execPath, [path.join(projectRoot, 'tests/helpers/warm-threads.ts')], { stdio: 'inherit', env });
  if (warmed.status !== 0) console.log('the store’s threads could not be warmed (reason above); the suites run all the same');
  const results: SuiteResult[] = [];
  for (const group of groups) {
    const suites = asked.length > 0 ? group.suites.filter((suite) => asked.includes(suite)) : group.suites;
    if (suites.length === 0) continue;
    console.log(`\n── ${suites.join(', ')}`);
    results.push(await run({ ...group, suites }));
  }
  console.log('');
  for (const r of results) {
    console.log(`${r.suite.padEnd(30)} ${r.passed} passed, ${r.failed} failed${r.notRun.length > 0 ? `, ${count(r.notRun)} not run` : ''}`);
    for (const failure of r.failures) console.log(`  failed: ${failure}`);
    for (const { name, tests } of r.notRun) console.log(`  not run: ${name} · ${tests} tests`);
  }
  const sum = (of: 'passed' | 'failed') => results.reduce((total, r) => total + r[of], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0 ? 0 : 1;
}

function count(notRun: SuiteResult['notRun']): number {
  return notRun.reduce((sum, n) => sum + n.tests, 0);
}

process.exitCode = await main(process.argv.slice(2));
