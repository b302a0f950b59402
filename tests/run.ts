/**
 * `npm test`: every suite, one after the other (each runs as many files at a time as there are cores to spare),
 * then one sum. A suite that could not run is named with its reason and its number of tests.
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

/** Suites that mostly wait, for brokers and for servers to start, and so run twice as many files at a time as there are cores. */
const waiting = new Set(['contracts', 'scenarios']);
const suites = ['unit', 'oracle', 'contracts', 'scenarios', 'e2e', 'faults'];

// Stripping types in many short-lived threads at once has brought Node 24 down (SIGSEGV); kept code needs no stripping.
const env = { ...process.env, ...serverEnvironment(projectRoot) };

function run(suite: string): Promise<SuiteResult> {
  const report = path.join(projectRoot, '.cache/test-reports', `${suite}.json`);
  mkdirSync(path.dirname(report), { recursive: true });
  // A report of an earlier run must not stand in for one that was never written.
  rmSync(report, { force: true });
  const vitest = path.join(projectRoot, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--project', suite, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  if (waiting.has(suite)) args.push(`--maxWorkers=${2 * availableParallelism()}`);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: projectRoot, stdio: 'inherit', env });
    child.on('error', () => resolve(readReport(suite, report, 1)));
    child.on('exit', (code) => resolve(readReport(suite, report, code ?? 1)));
  });
}

async function main(asked: readonly string[]): Promise<number> {
  const unknown = asked.filter((suite) => !suites.includes(suite));
  if (unknown.length > 0) {
    console.error(`There is no suite ${unknown.join(', ')}. Suites: ${suites.join(', ')}.`);
    return 2;
  }
  const warmed = spawnSync(process.execPath, [path.join(projectRoot, 'tests/helpers/warm-threads.ts')], { stdio: 'inherit', env });
  if (warmed.status !== 0) console.log('the store’s threads could not be warmed (reason above); the suites run all the same');
  const results: SuiteResult[] = [];
  for (const suite of asked.length > 0 ? asked : suites) {
    console.log(`\n── ${suite}`);
    results.push(await run(suite));
  }
  console.log('');
  for (const r of results) {
    console.log(`${r.suite.padEnd(10)} ${r.passed} passed, ${r.failed} failed${r.notRun.length > 0 ? `, ${count(r.notRun)} not run` : ''}`);
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
