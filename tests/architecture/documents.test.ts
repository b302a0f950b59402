/** What the documents say is what the code has. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { variables } from '../../server/config/environment.ts';
import { projectRoot } from '../helpers/project-root.ts';
import { projectFiles } from './source.ts';

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

  it('draws the way of a record through files that exist, at most 25 of them', () => {
    const picture = /```mermaid\n([\s\S]*?)```/.exec(read('README.md'))?.[1] ?? '';
    const folders = [...picture.matchAll(/subgraph \w+\[([^\]]+)\]/g)].map((m) => m[1] as string);
    const drawn = [...new Set([...picture.matchAll(/([\w-]+\.tsx?)(?:\["([^"]+)"\])?/g)].map((m) => m[2] ?? (m[1] as string)))];
    // A file written with its path once is meant by its bare name elsewhere.
    const named = drawn.filter((file) => !drawn.some((other) => other.endsWith(`/${file}`)));
    expect(named.length).toBeGreaterThan(15);
    expect(named.length).toBeLessThanOrEqual(25);
    const missing = named.filter((file) => !['', ...folders].some((folder) => existsSync(path.join(projectRoot, folder, file))));
    expect(missing).toEqual([]);
  });

  it('names scripts and commands that exist', () => {
    const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;
    const commands = [...read('server/cli.ts').matchAll(/\.command\('(\w+)'\)/g)].map((m) => m[1]);
    const text = read('README.md');
    for (const [, script] of text.matchAll(/npm run (\w+)/g)) expect(Object.keys(scripts)).toContain(script);
    for (const [, command] of text.matchAll(/npm run warroom -- (\w+)/g)) expect([...commands, 'help']).toContain(command);
  });
});

describe('links of the documents', () => {
  /** As GitHub names headings: lower case, punctuation out, spaces to hyphens. */
  const anchorsOf = (text: string) =>
    [...text.matchAll(/^#+ (.+)$/gm)].map((m) =>
      (m[1] as string)
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    );

  function brokenLinks(document: string, text: string): string[] {
    return [...text.matchAll(/\]\((?![a-z]+:)([^)\s]+)\)/g)]
      .map((m) => m[1] as string)
      .filter((link) => {
        const [file = '', anchor] = link.split('#');
        const target = file === '' ? document : path.posix.join(path.posix.dirname(document), file);
        if (!existsSync(path.join(projectRoot, target))) return true;
        return anchor !== undefined && !anchorsOf(file === '' ? text : read(target)).includes(anchor);
      });
  }

  it('of every Markdown file lead to files and headings that exist', () => {
    const documents = projectFiles().filter((file) => file.path.endsWith('.md'));
    expect(documents.length).toBeGreaterThan(5);
    expect(documents.flatMap(({ path: document, text }) => brokenLinks(document, text).map((link) => `${document}: ${link}`))).toEqual([]);
  });

  it('are found where they are broken', () => {
    const text =
      '# One Heading\n[a](README.md) [b](no-file.md) [c](#one-heading) [d](#two) ![e](docs/kpis.md#readings) [f](https://example.org)';
    expect(brokenLinks('README.md', text)).toEqual(['no-file.md', '#two']);
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
      expect(version).toMatch(/^(npm:[\w-]+@)?\d+\.\d+\.\d+(-r\.\d+)?$/);
    }
    expect(manifest.allowScripts).toEqual({ node: true });
    expect(read('package-lock.json')).not.toContain('"resolved"');
  });
});
