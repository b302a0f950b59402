/**
 * What a process loads before it works costs every start of it: most of a start's processor time is loading. So a library that
 * is needed by some only is imported where it is used (`await import(…)`), and a process that checks no documents has no schemas.
 */
import { describe, expect, it } from 'vitest';
import { projectFiles, stripped } from './source.ts';

const files = new Map(projectFiles().map(({ path, text }) => [path, text]));
const valueImport = /^(?:import|export)\s+(?!type\b)(?:[\w*{}\s,$]+?\sfrom\s+)?'([^']+)'/gmu;

/** The way from a module to a library, over everything that is loaded with it; null when it is not loaded. */
function wayTo(library: string, entry: string): string | null {
  const before = new Map<string, string | null>([[entry, null]]);
  for (const path of before.keys()) {
    for (const [, name = ''] of stripped(files.get(path) ?? '', { texts: false }).matchAll(valueImport)) {
      if (name === library) return way(before, path);
      const target = name.startsWith('.') ? new URL(name, `file:///${path}`).pathname.slice(1) : null;
      if (target !== null && files.has(target) && !before.has(target)) before.set(target, path);
    }
  }
  return null;
}

function way(before: ReadonlyMap<string, string | null>, to: string): string {
  const from = before.get(to);
  return from === null || from === undefined ? to : `${way(before, from)} → ${to}`;
}

describe('a start does not load', () => {
  it.each([
    ['express', 'server/main.ts'],
    ['node:sqlite', 'server/main.ts'],
    ['kafkajs', 'server/compose/run-server.ts'],
    ['nodemailer', 'server/compose/run-server.ts'],
    ['web-push', 'server/compose/run-server.ts'],
    ['zod', 'server/compose/ledger-process.ts'],
  ])('%s with %s', (library, entry) => {
    expect(files.has(entry)).toBe(true);
    expect(wayTo(library, entry)).toBe(null);
  });

  it('and what it does load is found, by its way', () => {
    expect(wayTo('express', 'server/compose/run-server.ts')).toMatch(/^server\/compose\/run-server\.ts → .*server\/adapters\/http\//u);
    expect(wayTo('zod', 'server/main.ts')).toMatch(/^server\/main\.ts → server\/config/u);
  });
});
