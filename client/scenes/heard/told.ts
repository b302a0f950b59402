/** What people were told already, kept over reloads: a wall that was loaded anew does not cry again about the same thing. */
const KEPT = 'warroom.told';
/** A wall hears of a few things a day; the oldest are forgotten first. */
const MOST = 300;

export interface Told {
  readonly has: (key: string) => boolean;
  readonly add: (key: string) => void;
}

function read(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '[]');
    return Array.isArray(kept) ? kept.filter((key) => typeof key === 'string') : [];
  } catch {
    // Without storage, or with something else in its place, the page remembers by itself until it is reloaded.
    return [];
  }
}

/** Other pages of this browser tell too, so the store is read before each answer. */
export function createTold(): Told {
  const here = new Set<string>();
  return {
    has: (key) => here.has(key) || read().includes(key),
    add: (key) => {
      here.add(key);
      for (const oldest of here) if (here.size > MOST) here.delete(oldest);
      try {
        localStorage.setItem(KEPT, JSON.stringify([...read().filter((other) => other !== key), key].slice(-MOST)));
      } catch {
        // As above.
      }
    },
  };
}
