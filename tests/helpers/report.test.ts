import { describe, expect, it } from 'vitest';
import { readReport, summarize } from './report.ts';

const test = (status: string, fullName: string, ...ancestorTitles: string[]) => ({ status, fullName, ancestorTitles });
const file = (status: string, assertionResults: ReturnType<typeof test>[], message = '') => ({
  name: '/x/a.test.ts',
  status,
  message,
  assertionResults,
});

describe('the sum of a suite', () => {
  it('counts what passed and names what failed', () => {
    const sum = summarize('unit', { testResults: [file('failed', [test('passed', 'a'), test('failed', 'b'), test('passed', 'c')])] }, 1);
    expect(sum).toMatchObject({ passed: 2, failed: 1, failures: ['b'], notRun: [] });
  });

  it('counts a file that could not be loaded as a failure', () => {
    const sum = summarize('unit', { testResults: [file('failed', [], 'Cannot find module'), file('passed', [test('passed', 'a')])] }, 1);
    expect(sum).toMatchObject({ passed: 1, failed: 1 });
    expect(sum.failures[0]).toContain('Cannot find module');
  });

  it('counts an error outside of every test as a failure', () => {
    expect(summarize('unit', { testResults: [file('passed', [test('passed', 'a')])] }, 1)).toMatchObject({ passed: 1, failed: 1 });
  });

  it('names what was not run by the group that says why, and does not count it as passed', () => {
    const skipped = [test('skipped', 'x a', 'Kafka (not run: no Java)'), test('pending', 'x b', 'Kafka (not run: no Java)')];
    const sum = summarize('contracts', { testResults: [file('passed', [test('passed', 'a'), ...skipped])] }, 0);
    expect(sum).toMatchObject({ passed: 1, failed: 0, notRun: [{ name: 'Kafka (not run: no Java)', tests: 2 }] });
  });

  it('counts a suite without any test, and one without a report, as a failure', () => {
    expect(summarize('e2e', { testResults: [] }, 0).failed).toBe(1);
    expect(readReport('e2e', '/no/such/report.json', 137)).toMatchObject({ passed: 0, failed: 1 });
  });
});
