/**
 * What may be amber at a time. A wall on which everything is amber says nothing, so at most five marks of a scene are, its head
 * and the strip of clocks included. What wants to be amber claims a place; the worst five get one, and the others keep their shape
 * and their words, in ink (`.unlit` in wall.css).
 */
import { createContext, useContext, useId, useLayoutEffect, useSyncExternalStore } from 'react';

export const MOST_AMBER = 5;

/**
 * Who comes first: the headline, which is the last to lose its colour, then what is told of the data themselves, then running
 * clocks, then the other figures by their place in the scene.
 */
export const amberRank = { headline: 0, notice: 1, clock: 2, figure: 3 } as const;
type Rank = (typeof amberRank)[keyof typeof amberRank];

interface Claim {
  readonly id: string;
  readonly rank: Rank;
  /** Among those of the same rank, lower ones first. */
  readonly place: number;
}

export interface AmberBook {
  /** Holds until the returned function is called. */
  claim(claim: Claim): () => void;
  lit(id: string): boolean;
  /** Places that the headline, notices and clocks leave. */
  left(): number;
  subscribe(run: () => void): () => void;
}

export function createAmberBook(): AmberBook {
  let claims: readonly Claim[] = [];
  let lit: ReadonlySet<string> = new Set();
  let left = MOST_AMBER;
  const listeners = new Set<() => void>();
  const set = (next: readonly Claim[]): void => {
    claims = next;
    const worst = claims.toSorted((a, b) => a.rank - b.rank || a.place - b.place).slice(0, MOST_AMBER);
    const now = new Set(worst.map(({ id }) => id));
    const leftNow = MOST_AMBER - worst.filter(({ rank }) => rank !== amberRank.figure).length;
    if (leftNow === left && now.size === lit.size && [...now].every((id) => lit.has(id))) return;
    lit = now;
    left = leftNow;
    for (const run of listeners) run();
  };
  return {
    claim(claim) {
      set([...claims, claim]);
      return () => set(claims.filter((each) => each !== claim));
    },
    lit: (id) => lit.has(id),
    left: () => left,
    subscribe(run) {
      listeners.add(run);
      return () => listeners.delete(run);
    },
  };
}

/** Without a book, as on desks and behind the scene in sight, everything may be amber. */
export const AmberContext = createContext<AmberBook | null>(null);

const never = () => () => undefined;

/** The class of an element that is amber where `wanted`, and has no place among the five. */
export function useAmber(wanted: boolean, rank: Rank, place = 0): 'unlit' | '' {
  const book = useContext(AmberContext);
  const id = useId();
  // Before the browser paints: a mark is never seen without its place.
  useLayoutEffect(() => (book !== null && wanted ? book.claim({ id, rank, place }) : undefined), [book, id, wanted, rank, place]);
  const lit = useSyncExternalStore(book?.subscribe ?? never, () => book === null || book.lit(id));
  return wanted && !lit ? 'unlit' : '';
}

/** How many figures of a scene may be amber, where they are chosen together. */
export function useAmberLeft(): number {
  const book = useContext(AmberContext);
  return useSyncExternalStore(book?.subscribe ?? never, () => book?.left() ?? MOST_AMBER);
}
