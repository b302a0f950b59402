import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../helpers/project-root.ts';

/**
 * zod compiles validators with `new Function`, which the page's policy forbids, and weighs more than a
 * panel. So the client takes only types from the modules that use it.
 */
const client = join(projectRoot, 'client');
const valueImport = /^import (?!type\b)[^;]*?from '([^']*shared\/[^']+)';/gmu;
const anyValueImport = /^import (?!type\b)[^;]*?from '([^']+)';/gmu;

/** Whether a shared module, or one that it takes values from, uses zod or anything else that is no module of ours. */
function plain(path: string): boolean {
  const imports = [...readFileSync(path, 'utf8').matchAll(anyValueImport)].map((m) => m[1] as string);
  return imports.every((from) => from.startsWith('.') && plain(join(path, '..', from)));
}

function valueImports(text: string): string[] {
  return [...text.matchAll(valueImport)].map((m) => m[1] as string);
}

describe('the browser’s code', () => {
  it('imports values from shared modules only where these do not use zod', () => {
    const found: string[] = [];
    for (const file of readdirSync(client, { recursive: true, encoding: 'utf8' }).filter((f) => /\.tsx?$/u.test(f))) {
      const text = readFileSync(join(client, file), 'utf8');
      expect(text.includes("from 'zod'"), file).toBe(false);
      for (const path of valueImports(text)) {
        if (!plain(join(client, file, '..', path))) found.push(`${file} → ${path}`);
      }
    }
    expect(found).toEqual([]);
  });
  it('would be caught importing a schema', () => {
    expect(plain(join(projectRoot, 'shared/incidents/severity.ts'))).toBe(false);
    expect(plain(join(projectRoot, 'shared/incidents/severity-of.ts'))).toBe(true);
    expect(valueImports("import { incidentCommand } from '../../shared/incidents/types.ts';")).toEqual(['../../shared/incidents/types.ts']);
    expect(valueImports("import type { Grain } from '../../shared/kpi/types.ts';")).toEqual([]);
  });
});
