/** The build of client/: what a browser must fetch before it can draw a wall or a desk, compressed: grown by accident, a test fails. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtClient } from '../helpers/built-client.ts';

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}
type Manifest = Readonly<Record<string, Chunk>>;

/**
 * Compressed KB (1,024 bytes, gzip), a little above what they weigh now: a wall 161 of script and 75 of style, a page built
 * from Ant Design 285 to 386 and 67 to 70, with a chart 559 and 67. Most of the style are the ranges of the text face.
 */
const budgets = {
  wall: { page: 'scenes/wall-page.tsx', js: 170, css: 77 },
  desk: { page: 'desk/incidents-page.tsx', js: 352, css: 73 },
  standup: { page: 'standup/standup-page.tsx', js: 292, css: 71 },
  numbers: { page: 'numbers/numbers-page.tsx', js: 372, css: 71 },
  targets: { page: 'settings/targets-page.tsx', js: 392, css: 71 },
  number: { page: 'numbers/number-page.tsx', js: 565, css: 71 },
} as const;

/** Files of the entry and of a page with everything they import at once. */
function filesOf(manifest: Manifest, roots: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const files = new Set<string>();
  const visit = (name: string): void => {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`no ${name} in the manifest`);
    if (seen.has(name)) return;
    seen.add(name);
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    chunk.imports?.forEach(visit);
  };
  roots.forEach(visit);
  return files;
}

let root: string;
let manifest: Manifest;
beforeAll(async () => {
  root = await builtClient('bundle-budget');
  manifest = JSON.parse(readFileSync(join(root, '.vite/manifest.json'), 'utf8'));
});

const weight = (files: Iterable<string>, ending: string): number =>
  [...files].filter((file) => file.endsWith(ending)).reduce((sum, file) => sum + gzipSync(readFileSync(join(root, file))).length, 0) /
  1_024;

describe('the first load', () => {
  it.each(Object.entries(budgets))('of a %s stays within its budget', (_name, { page, js, css }) => {
    const files = filesOf(manifest, ['index.html', page]);
    expect(weight(files, '.js')).toBeLessThanOrEqual(js);
    expect(weight(files, '.css')).toBeLessThanOrEqual(css);
  });

  it('of the desk of incidents has no chart library in it, of a wall no desk', () => {
    const desk = [...filesOf(manifest, ['index.html', budgets.desk.page])].filter((file) => file.endsWith('.js'));
    const text = desk.map((file) => readFileSync(join(root, file), 'utf8')).join('');
    expect(text).not.toContain('echarts');
    const wall = filesOf(manifest, ['index.html', budgets.wall.page]);
    expect(wall).not.toContain(manifest[budgets.desk.page]?.file);
    expect(wall).not.toContain(manifest[budgets.numbers.page]?.file);
    expect([...wall].map((file) => readFileSync(join(root, file), 'utf8')).join('')).not.toContain('ant-btn');
  });
});
