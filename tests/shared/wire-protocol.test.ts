/**
 * A change of what goes over the wire must be made on purpose: an old screen and a new server meet after every upgrade.
 * The shapes are taken from the source as text: every type the server's messages reach, comments and spacing taken out.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROTOCOL_VERSION } from '../../shared/wire/protocol.ts';
import { projectRoot } from '../helpers/project-root.ts';

/** Hash of the shapes of every version there was. Changed the shapes? Raise PROTOCOL_VERSION, write its history line, add a row. */
const versions: Readonly<Record<number, string>> = {
  1: '2317a6550e558c02',
};

const entry = 'shared/wire/protocol.ts';
const roots = ['ServerToClientEvents', 'ClientToServerEvents'];

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '').replace(/\s+/g, ' ');
}

/** Declarations of a module by name, each normalised; what types are made of, not values computed elsewhere. */
function declarations(source: string): Map<string, string> {
  const found = new Map<string, string>();
  const starts = /export (interface|type|const) (\w+)/g;
  for (const match of source.matchAll(starts)) {
    const rest = source.slice(match.index);
    const end = match[1] === 'interface' ? closing(rest) : rest.indexOf('; export') + 1 || rest.length;
    found.set(match[2] as string, rest.slice(0, end).trim());
  }
  return found;
}

/** Just behind the brace that closes the first one opened. */
function closing(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}' && --depth === 0) return i + 1;
  }
  throw new Error('a declaration that does not end');
}

/** Declarations of a file and of every relative module it imports. */
function reachable(read: (path: string) => string, path: string, seen = new Set<string>()): Map<string, string> {
  if (seen.has(path)) return new Map();
  seen.add(path);
  const source = withoutComments(read(path));
  const imported = [...source.matchAll(/from '(\.[^']+)'/g)].map((match) => join(dirname(path), match[1] as string));
  return new Map([...imported.flatMap((next) => [...reachable(read, next, seen)]), ...declarations(source)]);
}

/** The messages' types with every type they mention, sorted by name. */
function shapes(read: (path: string) => string): string {
  const all = reachable(read, entry);
  const used = new Map<string, string>();
  const visit = (name: string): void => {
    const text = all.get(name);
    if (text === undefined || used.has(name)) return;
    used.set(name, text);
    for (const word of text.match(/\w+/g) ?? []) visit(word);
  };
  roots.forEach(visit);
  return [...used.keys()]
    .sort()
    .map((name) => used.get(name))
    .join('\n');
}

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');
const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
const edited = (path: string, from: string, to: string) => (asked: string) => {
  const source = read(asked);
  if (asked !== path) return source;
  if (!source.includes(from)) throw new Error(`${path} holds no ${from}`);
  return source.replace(from, to);
};

describe('wire protocol', () => {
  it('has the shapes its version says', () => {
    expect({ version: PROTOCOL_VERSION, hash: hash(shapes(read)) }).toEqual({
      version: PROTOCOL_VERSION,
      hash: versions[PROTOCOL_VERSION],
    });
  });

  it('has a history line for its version', () => {
    expect(read(entry)).toMatch(new RegExp(`History:[\\s\\S]*\\b${PROTOCOL_VERSION} · `));
  });

  it('covers every message, the views and what they are made of', () => {
    const text = shapes(read);
    for (const name of [
      'Snapshot',
      'Patch',
      'Heartbeat',
      'Goodbye',
      'OverviewState',
      'StripCell',
      'IncidentsState',
      'ClockView',
      'streams',
    ]) {
      expect(text).toContain(name);
    }
  });

  it.each([
    ['a field gone', 'shared/wire/overview.ts', 'readonly breachedAt: number | null;', ''],
    ['a field that may be null', 'shared/wire/protocol.ts', 'readonly oldestAt: number;', 'readonly oldestAt: number | null;'],
    ['a new reason', 'shared/wire/protocol.ts', "'too_slow' |", "'too_slow' | 'other' |"],
    ['a type used far inside', 'shared/incidents/types.ts', "'false_alarm'] as const", "'false_alarm', 'merged'] as const"],
    ['a stream of facts', 'shared/wire/freshness.ts', "'orders',", "'orders', 'visits',"],
  ])('notices %s', (_what, path, from, to) => {
    expect(hash(shapes(edited(path, from, to)))).not.toBe(hash(shapes(read)));
  });

  it.each([
    ['a comment', 'shared/wire/overview.ts', '/** Nearest deadline first, at most three. */', '// nearest first'],
    ['a command of people, which goes by HTTP', 'shared/incidents/types.ts', 'max(2_000)', 'max(3_000)'],
  ])('does not mind %s', (_what, path, from, to) => {
    expect(hash(shapes(edited(path, from, to)))).toBe(hash(shapes(read)));
  });
});
