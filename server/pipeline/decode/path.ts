import { excerpt } from '../../../shared/text/excerpt.ts';

/** Paths people can find in their event: `data.lines[1].amount`. Keys are shortened: they are input. */
const MAX_KEY = 60;

export function childPath(path: string, key: string): string {
  const short = key.length > MAX_KEY ? excerpt(key, MAX_KEY + 1) : key;
  return path === '' ? short.toWellFormed() : `${path}.${short.toWellFormed()}`;
}

export function itemPath(path: string, index: number): string {
  return `${path}[${index}]`;
}

/** Joins a schema's path below `root`. */
export function joinPath(root: string, parts: readonly PropertyKey[]): string {
  let path = root;
  for (const part of parts) path = typeof part === 'number' ? itemPath(path, part) : childPath(path, String(part));
  return path;
}
