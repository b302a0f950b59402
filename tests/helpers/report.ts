/** What vitest's JSON report says of one suite, with everything that is a failure counted as one. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './project-root.ts';

export interface SuiteResult {
  readonly suite: string;
  readonly passed: number;
  readonly failed: number;
  /** Titles of failed tests, and what failed outside of any test. */
  readonly failures: readonly string[];
  /** Tests left out, by the group that names the reason. */
  readonly notRun: readonly { readonly name: string; readonly tests: number }[];
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly ancestorTitles: readonly string[];
    }[];
  }[];
}

/** `exitCode` of vitest: a run that failed without a failed test (an unhandled error, a crash) counts one failure. */
export function readReport(suite: string, file: string, exitCode: number): SuiteResult {
  if (!existsSync(file)) {
    return { suite, passed: 0, failed: 1, failures: [`the suite ended with exit code ${exitCode} and without a report`], notRun: [] };
  }
  return summarize(suite, JSON.parse(readFileSync(file, 'utf8')) as Report, exitCode);
}

export function summarize(suite: string, report: Report, exitCode: number): SuiteResult {
  const tests = report.testResults.flatMap((f) => f.assertionResults);
  const failures = tests.filter((t) => t.status === 'failed').map((t) => t.fullName);
  for (const f of report.testResults) {
    const broken = f.status === 'failed' && !f.assertionResults.some((t) => t.status === 'failed');
    if (broken) failures.push(`${path.relative(projectRoot, f.name)}: ${f.message?.split('\n')[0] ?? 'could not be run'}`);
  }
  const passed = tests.filter((t) => t.status === 'passed').length;
  if (failures.length === 0 && exitCode !== 0) failures.push(`vitest ended with exit code ${exitCode}`);
  if (tests.length === 0 && failures.length === 0) failures.push('the suite holds no test');

  const groups = new Map<string, number>();
  for (const t of tests) {
    if (t.status === 'passed' || t.status === 'failed') continue;
    const name = t.ancestorTitles[0] ?? t.fullName;
    groups.set(name, (groups.get(name) ?? 0) + 1);
  }
  return { suite, passed, failed: failures.length, failures, notRun: [...groups].map(([name, n]) => ({ name, tests: n })) };
}
