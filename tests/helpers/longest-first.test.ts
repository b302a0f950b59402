import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { longFiles } from './longest-first.ts';
import { projectRoot } from './project-root.ts';

test('every file that is to begin early is there', () => {
  expect(longFiles.filter((file) => !existsSync(path.join(projectRoot, 'tests', `${file}.test.ts`)))).toEqual([]);
});
