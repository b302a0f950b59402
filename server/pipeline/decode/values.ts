/**
 * What a parsed value must not hold, whatever its schema: keys that reach into
 * prototypes, numbers that are none, text no store keeps unchanged. Recursion is safe
 * here: the scan has bounded the depth.
 */
import type { Rejection } from '../../../shared/events/outcomes.ts';
import { childPath, itemPath } from './path.ts';

/** Members of a value and everything in it, or the first thing that is refused. */
export function countMembers(value: unknown): number | Rejection {
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value) ? countItems(value) : countKeys(value as Record<string, unknown>);
  return isUnbounded(value) ? notFinite() : 0;
}

function countItems(items: readonly unknown[]): number | Rejection {
  let members = 0;
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (typeof item !== 'object') {
      if (isUnbounded(item)) return under(itemPath('', i), notFinite());
    } else if (item !== null) {
      const inside = countMembers(item);
      if (typeof inside !== 'number') return under(itemPath('', i), inside);
      members += inside;
    }
  }
  return members;
}

function countKeys(value: Readonly<Record<string, unknown>>): number | Rejection {
  let members = 0;
  // JSON.parse makes every key an own enumerable one, __proto__ too, so this sees each exactly once.
  for (const key in value) {
    members++;
    if (key === '__proto__' || key === 'constructor' || key === 'prototype')
      return { code: 'forbidden_key', path: key, message: `the key ${key} is refused, in every object` };
    const item = value[key];
    if (typeof item !== 'object') {
      if (isUnbounded(item)) return under(childPath('', key), notFinite());
    } else if (item !== null) {
      const inside = countMembers(item);
      if (typeof inside !== 'number') return under(childPath('', key), inside);
      members += inside;
    }
  }
  return members;
}

function isUnbounded(value: unknown): boolean {
  return value === Infinity || value === -Infinity;
}

function notFinite(): Rejection {
  return { code: 'not_finite', path: '', message: 'the number is too large to be one; amounts are integers up to 9×10¹⁵' };
}

/** Paths grow on the way out, so that the good case never builds one. */
function under(parent: string, inside: Rejection): Rejection {
  const { path } = inside;
  return { ...inside, path: path === '' || path.startsWith('[') ? parent + path : `${parent}.${path}` };
}

/** A NUL or a lone surrogate in any key or string, or undefined. Needed only where the scan saw an escape. */
export function findBadText(value: unknown, path = ''): Rejection | undefined {
  if (typeof value === 'string') return badText(value, path);
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const found = findBadText(value[i], itemPath(path, i));
      if (found) return found;
    }
    return undefined;
  }
  for (const key of Object.keys(value)) {
    const found = badText(key, path) ?? findBadText((value as Record<string, unknown>)[key], childPath(path, key));
    if (found) return found;
  }
  return undefined;
}

/** Some stores cut text at a NUL and replace or refuse half a character: refused before any of them sees it. */
export function badText(text: string, path: string): Rejection | undefined {
  if (text.includes('\0')) return { code: 'bad_text', path, message: 'the text holds a NUL character' };
  if (!text.isWellFormed())
    return { code: 'bad_text', path, message: 'the text holds half a surrogate pair, which is no character; it was probably cut in two' };
  return undefined;
}
