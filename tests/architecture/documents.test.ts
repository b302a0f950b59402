/** What the documents say is what the code has. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { variables } from '../../server/config/environment.ts';
import { projectRoot } from '../helpers/project-root.ts';

const read = (file: string) => readFileSync(path.join(projectRoot, file), 'utf8');
const rows = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('\\*', '*')),
    );

describe('the README', () => {
  it('has every setting with its default and meaning, and no other', () => {
    const table = rows(read('README.md')).filter(([name]) => /^`[A-Z_]+`$/.test(name ?? ''));
    const expected = variables.map((v) => [`\`${v.name}\``, v.default === null ? '–' : `\`${v.default}\``, v.meaning]);
    expect(table).toEqual(expected);
  });

  it.each(['README.md', 'tests/README.md', 'CHANGELOG.md', 'DEPENDENCIES.md'])('%s links to files that exist', (document) => {
    const links = [...read(document).matchAll(/\]\((?!https?:)([^)#]+)/g)].map((m) => m[1] as string);
    for (const link of links) expect(existsSync(path.join(projectRoot, path.dirname(document), link)), link).toBe(true);
  });

  it('names scripts and commands that exist', () => {
    const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;
    const commands = [...read('server/cli.ts').matchAll(/\.command\('(\w+)'\)/g)].map((m) => m[1]);
    const text = read('README.md');
    for (const [, script] of text.matchAll(/npm run (\w+)/g)) expect(Object.keys(scripts)).toContain(script);
    for (const [, command] of text.matchAll(/npm run warroom -- (\w+)/g)) expect([...commands, 'help']).toContain(command);
  });
});

describe('DEPENDENCIES.md', () => {
  it('has one line for each direct dependency, with its version and licence', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
    const wanted = Object.entries({ ...dependencies, ...devDependencies }).map(([name, version]) => `${name} ${version}`);
    const table = rows(read('DEPENDENCIES.md')).slice(2);
    expect(table.map(([name, version]) => `${name} ${version}`).sort()).toEqual(wanted.sort());
    for (const row of table)
      expect(
        row.every((cell) => cell !== ''),
        row[0],
      ).toBe(true);
  });

  it('pins every version exactly, and allows the install script of node alone', () => {
    const manifest = JSON.parse(read('package.json')) as { allowScripts: object; dependencies: object; devDependencies: object };
    for (const version of Object.values({ ...manifest.dependencies, ...manifest.devDependencies })) {
      expect(version).toMatch(/^(npm:[\w-]+@)?\d+\.\d+\.\d+$/);
    }
    expect(manifest.allowScripts).toEqual({ node: true });
    expect(read('package-lock.json')).not.toContain('"resolved"');
  });
});
