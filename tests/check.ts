/**
 * `npm run check`: everything about the code that a machine can judge without running it.
 * Every step runs, so that one call shows all there is to mend; all at once, since none needs another and most use one core.
 */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { projectRoot } from './helpers/project-root.ts';

const bin = (file: string) => path.join(projectRoot, 'node_modules', file);
const steps = [
  { name: 'types', args: [bin('typescript/bin/tsc'), '-b'] },
  { name: 'lint', args: [bin('oxlint/bin/oxlint'), '--deny-warnings'] },
  { name: 'unused', args: [bin('knip/bin/knip.js'), '--no-progress'] },
  { name: 'architecture', args: [bin('vitest/vitest.mjs'), 'run', '--project', 'unit', '--reporter=dot', 'tests/architecture'] },
  { name: 'format', args: [bin('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.'] },
];

interface Outcome {
  readonly name: string;
  readonly good: boolean;
}

function run({ name, args }: (typeof steps)[number]): Promise<Outcome> {
  const started = performance.now();
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: projectRoot, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      const good = error === null;
      console.log(`${good ? 'ok  ' : 'FAIL'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
      if (!good) console.log(stdout || stderr ? `${stdout}${stderr}`.trimEnd() : error.message);
      resolve({ name, good });
    });
  });
}

const outcomes = await Promise.all(steps.map(run));
const failed = outcomes.filter(({ good }) => !good);

console.log(failed.length === 0 ? 'check: everything is in order' : `check: ${failed.map((s) => s.name).join(', ')} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
