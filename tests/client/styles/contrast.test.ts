import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contrast } from '../../helpers/contrast.ts';

const css = readFileSync(join(import.meta.dirname, '../../../client/styles/tokens.css'), 'utf8');
function tokens(block: RegExp): ReadonlyMap<string, string> {
  const body = block.exec(css)?.[1] ?? '';
  return new Map([...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{3,6})/gu)].map((m) => [m[1] as string, m[2] as string]));
}
const wall = tokens(/:root \{([^}]*)\}/u);
const desk = tokens(/\.desk \{([^}]*)\}/u);
const darkDesk = tokens(/\.desk\[data-theme='dark'\] \{([^}]*)\}/u);
const colour = (of: ReadonlyMap<string, string>, name: string): string => {
  const found = of.get(name);
  if (!found) throw new Error(`no token --${name}`);
  return found;
};

describe('contrast on the wall, read from five metres', () => {
  it.each([
    ['ink1', 'ground', 7],
    ['ink2', 'ground', 7],
    ['ink3', 'ground', 7],
    ['us', 'ground', 7],
    ['amber', 'ground', 7],
    ['ink1', 'cell', 7],
    ['ink2', 'cell', 7],
    ['amber', 'cell', 7],
    ['on-fire', 'fire', 7],
    ['on-band', 'band', 7],
    ['mark', 'ground', 3],
    ['dead', 'ground', 3],
    ['landing', 'ground', 3],
    ['us', 'track', 3],
    ['fire', 'cell', 3],
  ] as const)('%s on %s is at least %d:1', (ink, ground, least) => {
    expect(contrast(colour(wall, ink), colour(wall, ground))).toBeGreaterThanOrEqual(least);
  });
});

const pairs = [
  ['ink1', 'paper', 7],
  ['ink2', 'paper', 7],
  ['ink2', 'page', 7],
  ['us', 'paper', 4.5],
  ['us', 'chosen', 4.5],
  ['amber', 'paper', 4.5],
  ['amber', 'chosen', 4.5],
  ['fire', 'paper', 4.5],
  ['fire', 'chosen', 4.5],
  ['fire', 'page', 4.5],
  ['on-fire', 'fire', 4.5],
  ['paper', 'us', 4.5],
  ['ink1', 'amber-paper', 7],
  ['mark', 'paper', 3],
  ['edge', 'paper', 3],
  ['amber-mark', 'paper', 3],
] as const;

describe.each([
  ['light', desk],
  ['dark', darkDesk],
] as const)('contrast on %s desks', (_theme, palette) => {
  it.each(pairs)('%s on %s is at least %d:1', (ink, ground, least) => {
    expect(contrast(colour(palette, ink), colour(palette, ground))).toBeGreaterThanOrEqual(least);
  });

  it('has every colour', () => {
    expect([...palette.keys()]).toEqual([...desk.keys()]);
  });
});
