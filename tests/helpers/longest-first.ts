/**
 * The order of the test files of a run: those that take minutes begin first. Vitest begins with the suites by name and with
 * the largest files of each, as long as it has not measured them itself, and a file of minutes that begins last is waited for
 * by an idle machine. Files that need a browser's document come behind all others: vitest ends a process, with every module
 * it has loaded, whenever the next file in line needs another environment, and in mixed order it started forty instead of four.
 */
import { readFileSync } from 'node:fs';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The longest first. A file that is not named here begins after them. */
export const longFiles = [
  ...['scenarios/demo', 'contracts/ledger/duckdb', 'scenarios/kafka-logs', 'contracts/ledger/duckdb-recovery'],
  ...['e2e/accessibility', 'e2e/wall-layout', 'faults/crash', 'scenarios/start', 'oracle/oracle'],
  ...['contracts/log/kafka-outage', 'scenarios/kafka-groups', 'scenarios/verify', 'contracts/store/sqlite', 'e2e/incident-desk'],
  ...['e2e/wall-frame', 'e2e/wall-honesty', 'e2e/wall-week', 'e2e/kiosk', 'scenarios/kafka-road', 'oracle/planted'],
] as const;

const placeOf = ({ moduleId }: TestSpecification): number => {
  const place = longFiles.findIndex((file) => moduleId.endsWith(`/tests/${file}.test.ts`));
  return place < 0 ? longFiles.length : place;
};

const needsDocument = ({ moduleId }: Pick<TestSpecification, 'moduleId'>): boolean =>
  readFileSync(moduleId, 'utf8').startsWith('// @vitest-environment ');

/** The same order, but for files with an environment of their own, which come last. */
export function byEnvironment<File extends Pick<TestSpecification, 'moduleId'>>(files: readonly File[]): File[] {
  const { own = [], shared = [] } = Object.groupBy(files, (file) => (needsDocument(file) ? 'own' : 'shared'));
  return [...shared, ...own];
}

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return byEnvironment((await super.sort(files)).sort((a, b) => placeOf(a) - placeOf(b)));
  }
}
