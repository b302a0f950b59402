import { expect, it } from 'vitest';
import { misplacedTests } from './mirror.ts';
import { projectFiles } from './source.ts';

it('every test of a part stands in the folder that mirrors the part', () => {
  expect(misplacedTests(projectFiles())).toEqual([]);
});

it('finds a test that was left behind by a move, and none that stands right', () => {
  const left = {
    path: 'tests/server/pipeline/fold/orders.test.ts',
    text: "import { x } from '../../../../server/pipeline/ingest/orders.ts';",
  };
  const right = { path: 'tests/server/pipeline/fold/plain.test.ts', text: "import { rig } from './rig.ts';" };
  const rig = { path: 'tests/server/pipeline/fold/rig.ts', text: "import { x } from '../../../../server/pipeline/fold/plain.ts';" };
  expect(misplacedTests([left, right, rig]).join()).toBe(`${left.path}: imports nothing of server/pipeline/fold/`);
});
