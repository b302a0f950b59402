import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { byEnvironment, longFiles } from './longest-first.ts';
import { projectRoot } from './project-root.ts';

test('every file that is to begin early is there', () => {
  expect(longFiles.filter((file) => !existsSync(path.join(projectRoot, 'tests', `${file}.test.ts`)))).toEqual([]);
});

test('files that need a document come behind all others, and each group keeps its order', () => {
  const files = globSync('tests/{client,shared}/**/*.test.{ts,tsx}', { cwd: projectRoot }).map((file) => ({
    moduleId: path.join(projectRoot, file),
  }));
  // Wherever in a file vitest finds it, it counts; only the first line is looked at here.
  const named = ({ moduleId }: { readonly moduleId: string }) => /@vitest-environment/u.test(readFileSync(moduleId, 'utf8'));
  const ordered = byEnvironment(files);
  expect(ordered).toHaveLength(files.length);
  expect(ordered).toEqual([...files.filter((file) => !named(file)), ...files.filter(named)]);
  expect(files.filter(named).length).toBeGreaterThan(0);
});
