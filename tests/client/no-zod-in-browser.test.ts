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
        const shared = readFileSync(join(client, file, '..', path), 'utf8');
        // Protocol constants live beside types; what they import must be types alone.
        const plain = !/^import (?!type\b)/mu.test(shared);
        if (!plain) found.push(`${file} → ${path}`);
      }
    }
    expect(found).toEqual([]);
  });
  it('would be caught importing a schema', () => {
    expect(valueImports("import { incidentCommand } from '../../shared/incidents/types.ts';")).toEqual(['../../shared/incidents/types.ts']);
    expect(valueImports("import type { Grain } from '../../shared/kpi/types.ts';")).toEqual([]);
  });
});
