/**
 * Which facts the last pieces changed: of them, and only of them, what was looked up before
 * may be wrong. Old ones are forgotten many at a time: a few too many cost a look-up each, and all
 * of them would be kept alive for nothing.
 */
import type { FactKind } from '../../../shared/events/define.ts';

export interface Recent {
  /** A piece is folded; by kind, the keys of what is to be looked up again. */
  folded(outdated: Iterable<readonly [FactKind, Iterable<string>]>): void;
  has(kind: FactKind, key: string): boolean;
}

/** Remembers at least the last `span` pieces. */
export function createRecent(span: number): Recent {
  let young = new Map<FactKind, Set<string>>();
  let old = new Map<FactKind, Set<string>>();
  let pieces = 0;
  return {
    folded(outdated) {
      if (pieces++ === span) {
        old = young;
        young = new Map();
        pieces = 1;
      }
      for (const [kind, ofKind] of outdated) {
        let set = young.get(kind);
        if (!set) young.set(kind, (set = new Set()));
        for (const key of ofKind) set.add(key);
      }
    },
    has: (kind, key) => (young.get(kind)?.has(key) ?? false) || (old.get(kind)?.has(key) ?? false),
  };
}
