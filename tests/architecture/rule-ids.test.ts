import { expect, it } from 'vitest';
import { ruleFindings } from './rule-ids.ts';
import { projectFiles } from './source.ts';

it('every rule that is cited is defined, and every rule that is defined is cited by code or a test', () => {
  expect(ruleFindings(projectFiles())).toEqual([]);
});

it('finds a number nobody defined, one nobody cites, one cited by documents alone, and one defined twice', () => {
  const table = (...rules: string[]) => rules.map((rule) => `| ${rule} | text |`).join('\n');
  const files = [
    { path: 'docs/guarantees.md', text: table('I1', 'I2', 'I3', 'T1') },
    { path: 'server/domain/SPEC.md', text: `${table('FO1', 'I1')}\n| FO2 | as [I3] says |` },
    { path: 'tests/a.test.ts', text: "it('[I1, T1] x'); it('[I99] y'); // (FO1)" },
    { path: 'tests/b.test.ts', text: '// the fold (contract, FO2)' },
  ];
  expect(ruleFindings(files).sort()).toEqual([
    'I1 is defined more than once',
    'I2 is defined and no code or test cites it',
    'I3 is defined and no code or test cites it',
    'I99 is cited in tests/a.test.ts and defined nowhere',
  ]);
});
