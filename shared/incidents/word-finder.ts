/**
 * Finds which of many literal words stand in a text, in one pass over the text (Aho–Corasick), however many words there
 * are. Both are folded first. A word that begins or ends with a Latin letter or a digit is found only where no other Latin
 * letter or digit touches that end: “rust” is not in “trust”, while Chinese words, which nothing separates, are found
 * anywhere.
 */
import { foldedText } from '../text/folded.ts';

interface Node {
  readonly next: Map<number, Node>;
  /** The longest proper suffix of this node's text that also begins a word. */
  fail: Node | null;
  /** Ordinal of the word that ends here; −1 for none. */
  word: number;
  /** The nearest node along `fail` at which a word ends. */
  output: Node | null;
}
const newNode = (): Node => ({ next: new Map(), fail: null, word: -1, output: null });

/** ASCII and Latin-1 to Latin Extended-B letters, and digits; by UTF-16 unit, NaN is none. */
function isLatin(unit: number): boolean {
  return (
    (unit >= 48 && unit <= 57) ||
    (unit >= 97 && unit <= 122) ||
    (unit >= 65 && unit <= 90) ||
    (unit >= 0xc0 && unit <= 0x24f && unit !== 0xd7 && unit !== 0xf7)
  );
}

export interface WordFinder {
  /** Ordinals of the words found, each once, ascending. */
  find(text: string): readonly number[];
}

export function wordFinder(words: readonly string[]): WordFinder {
  const root = newNode();
  const folded = words.map(foldedText);
  folded.forEach((word, index) => {
    if (word === '') return;
    let node = root;
    for (let i = 0; i < word.length; i++) {
      const unit = word.charCodeAt(i);
      let next = node.next.get(unit);
      if (next === undefined) node.next.set(unit, (next = newNode()));
      node = next;
    }
    if (node.word === -1) node.word = index;
  });
  const queue: Node[] = [...root.next.values()];
  for (const node of queue) node.fail = root;
  for (const node of queue) {
    for (const [unit, child] of node.next) {
      let back = node.fail;
      while (back !== null && !back.next.has(unit)) back = back.fail;
      child.fail = back?.next.get(unit) ?? root;
      child.output = child.fail.word === -1 ? child.fail.output : child.fail;
      queue.push(child);
    }
  }

  /** True where the word that ends before `end` is not a piece of a longer Latin word. */
  function stands(text: string, word: string, end: number): boolean {
    const start = end - word.length;
    if (isLatin(word.charCodeAt(0)) && isLatin(text.charCodeAt(start - 1))) return false;
    return !(isLatin(word.charCodeAt(word.length - 1)) && isLatin(text.charCodeAt(end)));
  }

  return {
    find(text) {
      if (root.next.size === 0) return [];
      const looked = foldedText(text);
      const found = new Set<number>();
      let node = root;
      for (let i = 0; i < looked.length; i++) {
        const unit = looked.charCodeAt(i);
        let next = node.next.get(unit);
        while (next === undefined && node !== root) {
          node = node.fail ?? root;
          next = node.next.get(unit);
        }
        // Most characters begin no word.
        if (next === undefined) continue;
        node = next;
        for (let at: Node | null = node.word === -1 ? node.output : node; at !== null; at = at.output) {
          if (!found.has(at.word) && stands(looked, folded[at.word] ?? '', i + 1)) found.add(at.word);
        }
      }
      return [...found].sort((a, b) => a - b);
    },
  };
}
