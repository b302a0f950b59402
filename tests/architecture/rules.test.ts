import { describe, expect, it } from 'vitest';
import { plantedInRooms } from './room-rules.ts';
import { rules } from './rules.ts';
import { importsOf, projectFiles, stripped, type SourceFile } from './source.ts';

const files = projectFiles();

/** One violation of each rule, in files that do not exist. */
const planted: Readonly<Record<string, readonly SourceFile[]>> = {
  ...plantedInRooms,
  'shared ← domain ← pipeline ← adapters ← main, and client ← shared': [
    { path: 'server/domain/a.ts', text: "import type { Store } from '../pipeline/ports/store.ts';" },
    { path: 'client/wire/a.ts', text: "import { x } from '../../server/domain/a.ts';" },
    { path: 'server/adapters/http/a.ts', text: "import { main } from '../../main.ts';" },
    { path: 'shared/a.ts', text: "const late = () => import('../client/wall/a.ts');" },
  ],
  'shared, domain and pipeline import no library but zod, and nothing of Node': [
    { path: 'server/pipeline/a.ts', text: "import { readFile } from 'node:fs/promises';" },
    { path: 'shared/a.ts', text: "import express from 'express';" },
  ],
  'shared, domain and pipeline read no clock, no randomness, no environment and start no timer': [
    { path: 'server/domain/a.ts', text: 'const now = Date.now();' },
    { path: 'server/domain/b.ts', text: 'const id = `x${Math.random()}`;' },
    { path: 'server/pipeline/c.ts', text: 'setTimeout(() => {}, 1);' },
    { path: 'shared/d.ts', text: 'const now = new Date();' },
  ],
  'each external library is imported from one folder only': [
    { path: 'server/adapters/kafka/a.ts', text: "import { Kafka } from 'kafkajs';" },
    { path: 'server/compose/b.ts', text: "import type { Consumer } from 'kafkajs';" },
  ],
  'Ant Design is imported by the rooms of desk pages only, so that no wall loads it': [
    { path: 'client/panels/today/a.tsx', text: "import { Table } from 'antd';" },
    { path: 'client/ui/b.tsx', text: "import zhCN from 'antd/locale/zh_CN';" },
  ],
  'an adapter imports no other adapter but system, which wraps the process itself': [
    { path: 'server/adapters/http/a.ts', text: "import { open } from '../sqlite/open.ts';" },
  ],
  'no barrels: a name is imported from the file that makes it': [
    { path: 'server/domain/kpis/all.ts', text: "export * from './net-sales.ts';" },
    { path: 'client/panels/index.ts', text: 'export const panels = [];' },
  ],
  'a file has at most 400 lines': [{ path: 'shared/long.ts', text: 'const a = 1;\n'.repeat(401) }],
  'files are named in kebab-case': [{ path: 'client/wall/OverviewScene.tsx', text: '' }],
  'what the client says stands in client/i18n': [{ path: 'client/wall/a.tsx', text: '<p>销售额</p>' }],
  'no file names a path of one machine or the host of a registry': [{ path: 'README.md', text: `cd ${['', 'root', 'x'].join('/')}` }],
  'no check is silenced without a reason, and no test is skipped or alone': [
    { path: 'tests/a.test.ts', text: "it.only('x', () => {});" },
    { path: 'server/a.ts', text: `// ${'@ts-'}ignore` },
  ],
  'what several test files share registers no hook while it is loaded': [
    { path: 'tests/server/rig.ts', text: 'afterEach(async () => {\n  await rig.close();\n});' },
  ],
  'only createCommit appends to the change log, so that no change goes without its push signal': [
    { path: 'server/pipeline/services/a.ts', text: "await tx.appendChange(['targets'], now);" },
    { path: 'server/compose/b.ts', text: 'const { appendChange } = tx;' },
  ],
  'only createCommit appends to the ledger, so that no row goes without whoever keeps sums of them hearing of it': [
    { path: 'server/pipeline/fold/a.ts', text: 'await tx.appendLedger(rows);' },
  ],
  'the oracle shares no code with what it checks': [
    { path: 'tests/oracle/sql/a.ts', text: "import { netSales } from '../../../server/domain/kpis/net-sales.ts';" },
    { path: 'tests/oracle/facts/b.ts', text: "import { recount } from '../../helpers/recount/recount.ts';" },
    { path: 'tests/oracle/events/c.ts', text: "import { allocate } from '../../../server/domain/fold/allocate.ts';" },
  ],
};

describe('the layers of the code', () => {
  it('are looked at in enough files for the rules to mean something', () => {
    expect(files.filter((f) => f.path.startsWith('server/')).length).toBeGreaterThan(50);
  });

  it.each(rules.map((rule) => [rule.name, rule] as const))('%s', (_name, rule) => {
    expect(rule.check(files)).toEqual([]);
  });

  it.each(rules.map((rule) => [rule.name, rule] as const))('a planted violation is found: %s', (name, rule) => {
    const violations = planted[name] ?? [];
    expect(violations.length).toBeGreaterThan(0);
    const found = rule.check(violations).join('\n');
    for (const file of violations) expect(found).toContain(file.path);
  });
});

describe('reading source files', () => {
  it('sees every form of import, and none inside comments or texts', () => {
    const text = [
      "import a, { type B } from 'one';",
      "import type { C } from './two.ts';",
      "import './three.css';",
      "export { d } from '../four.ts';",
      "const e = await import('node:five');",
      "// import x from 'six'",
      "/* import y from 'seven' */",
      "import {\n  f,\n  g,\n} from 'eight/nine';",
    ].join('\n');
    expect(importsOf({ path: 'server/x/file.ts', text }).map((i) => i.target)).toEqual([
      'one',
      'server/x/two.ts',
      'server/x/three.css',
      'server/four.ts',
      'node:five',
      'eight/nine',
    ]);
  });

  it('takes out comments and texts but leaves code in templates', () => {
    const out = stripped("const a = 'Date.now()'; // Date.now()\nconst b = `x ${Date.now()} Math.random()`;", { texts: true });
    expect(out.match(/Date\.now/g)).toHaveLength(1);
    expect(out).not.toContain('Math.random');
    expect(out.split('\n')).toHaveLength(2);
  });

  it('does not take a quote inside a regular expression for the start of a text', () => {
    expect(stripped('const quote = /["\']/; const now = Date.now(); const s = "x";', { texts: true })).toContain('Date.now()');
  });
});
