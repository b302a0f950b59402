/**
 * A change of what goes over the wire must be made on purpose: an old screen and a new server meet after every upgrade.
 * What is compared are the schemas of the messages and of each view, as JSON Schema with sorted keys.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { PROTOCOL_VERSION } from '../../shared/wire/constants.ts';
import { messages } from '../../shared/wire/protocol.ts';
import { views } from '../../shared/wire/views/all.ts';
import { projectRoot } from '../helpers/project-root.ts';

/**
 * Hashes of every version since they are taken from schemas. Changed a shape? Raise PROTOCOL_VERSION (once in a release),
 * write its history line, add its hashes. A view or a message that is new adds its line to the present version: no old page
 * knows it.
 */
const versions: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  2: {
    welcome: '0846a17f7509f111',
    snapshot: '29c34fc60724ee15',
    patch: '5c9f26275be8a9c0',
    heartbeat: '388b1e82bda67c55',
    goodbye: '292c7a7c66f3440f',
    overview: '1ed723078ade9282',
    incidents: '7d811beb672fa7ff',
    competitors: '46d6fa383b2cdc43',
  },
  3: {
    welcome: '0846a17f7509f111',
    snapshot: '29c34fc60724ee15',
    patch: '5c9f26275be8a9c0',
    heartbeat: '4117cf4d78550db4',
    goodbye: '292c7a7c66f3440f',
    overview: 'ab78d7331c68bc48',
    incidents: 'c36fd764466ac261',
    competitors: 'db7421578bd19666',
  },
  4: {
    welcome: 'a6b4e0df29192d1b',
    snapshot: '29c34fc60724ee15',
    patch: '5c9f26275be8a9c0',
    heartbeat: '25ffadf2fdd6c7fc',
    goodbye: '292c7a7c66f3440f',
    screen: 'ba1780e9f1a46342',
    overview: '6058a510f0aaa747',
    incidents: 'c36fd764466ac261',
    competitors: 'd5fe2ddd6f0737be',
    standup: 'e338ba7b8eaa28eb',
    sentiment: '62403020ec0a6bf2',
    campaigns: 'db95372c29aae16e',
    funnel: '6f2523e510642800',
  },
  5: {
    welcome: 'a6b4e0df29192d1b',
    snapshot: '29c34fc60724ee15',
    patch: '70a963143d02f3a3',
    heartbeat: '25ffadf2fdd6c7fc',
    goodbye: '292c7a7c66f3440f',
    screen: 'ba1780e9f1a46342',
    overview: '6058a510f0aaa747',
    incidents: 'c36fd764466ac261',
    competitors: 'd5fe2ddd6f0737be',
    standup: 'e338ba7b8eaa28eb',
    sentiment: '62403020ec0a6bf2',
    campaigns: 'db95372c29aae16e',
    funnel: '6f2523e510642800',
  },
};

function canonical(value: unknown): unknown {
  // `required` and `enum` are sets.
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string') ? value.toSorted() : value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'description')
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
}

const hash = (schema: z.ZodType): string =>
  createHash('sha256')
    .update(JSON.stringify(canonical(z.toJSONSchema(schema))))
    .digest('hex')
    .slice(0, 16);

const hashes = (schemas: Readonly<Record<string, z.ZodType>> = { ...messages, ...views }): Record<string, string> =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, hash(schema)]));

describe('wire protocol', () => {
  it('has the shapes its version says', () => {
    expect(hashes()).toEqual(versions[PROTOCOL_VERSION]);
  });

  it('has a history line for its version', () => {
    const source = readFileSync(join(projectRoot, 'shared/wire/constants.ts'), 'utf8');
    expect(source).toMatch(new RegExp(`History:[\\s\\S]*\\b${PROTOCOL_VERSION} · `));
  });

  it('covers every message and every view down to what they are made of', () => {
    const text = JSON.stringify(Object.values({ ...messages, ...views }).map((schema) => z.toJSONSchema(schema)));
    for (const field of ['retryAfterMs', 'oldestAt', 'currencyDigits', 'lastReceivedAt', 'latenessMs', 'pendingHistory', 'false_alarm']) {
      expect(text).toContain(`"${field}"`);
    }
  });

  const overview = views.overview.unwrap();
  const strip = overview.shape.strip.unwrap();
  const cell = strip.shape.cells.unwrap().element.unwrap();
  const withCell = (next: z.ZodType) => overview.extend({ strip: strip.extend({ cells: z.array(next).readonly() }).readonly() }).readonly();

  it.each([
    ['a field gone', withCell(cell.omit({ breachedAt: true }).readonly())],
    ['a field more', withCell(cell.extend({ severity: z.int() }).readonly())],
    ['a field that may be null', withCell(cell.extend({ dueAt: cell.shape.dueAt.nullable() }).readonly())],
    ['a word more', withCell(cell.extend({ clock: z.enum([...cell.shape.clock.options, 'third']) }).readonly())],
    ['a group gone', overview.omit({ keywords: true }).readonly()],
  ])('notices %s', (_what, changed) => {
    expect(hash(changed)).not.toBe(hash(views.overview));
  });

  it('does not mind the same shape written another way', () => {
    const { strip: first, ...rest } = overview.shape;
    const reordered = z.object({ strip: first.meta({ description: 'the clocks' }), ...rest }).readonly();
    expect(hash(reordered)).toBe(hash(views.overview));
  });
});
