/**
 * Finds which member occurs twice, for the message. Runs only on text that is known to
 * be JSON and to hold a repeated key, so it may be slow but need not check anything.
 */
import { childPath, itemPath } from './path.ts';

interface Open {
  readonly path: string;
  /** Keys seen so far; undefined for an array. */
  readonly keys: Set<string> | undefined;
  /** Where the next value of this container goes. */
  at: string;
  index: number;
}

/** Path of the second occurrence; empty when there is none. */
export function findDuplicateKey(text: string): string {
  const stack: Open[] = [];
  let i = 0;
  while (i < text.length) {
    const c = text[i++];
    const top = stack.at(-1);
    if (c === '"') {
      const start = i - 1;
      while (text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
      i++;
      if (top?.keys && isKey(text, i)) {
        const key = JSON.parse(text.slice(start, i)) as string;
        top.at = childPath(top.path, key);
        if (top.keys.has(key)) return top.at;
        top.keys.add(key);
      }
    } else if (c === '{' || c === '[') {
      const path = top ? (top.keys ? top.at : itemPath(top.path, top.index)) : '';
      stack.push({ path, keys: c === '{' ? new Set() : undefined, at: path, index: 0 });
    } else if (c === '}' || c === ']') stack.pop();
    else if (c === ',' && top) top.index++;
  }
  return '';
}

/** In JSON a string is a key exactly when a colon follows. */
function isKey(text: string, from: number): boolean {
  let i = from;
  while (text[i] === ' ' || text[i] === '\n' || text[i] === '\r' || text[i] === '\t') i++;
  return text[i] === ':';
}
