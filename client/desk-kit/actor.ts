/** The name under which actions are recorded. As long as there are no accounts, this browser remembers it. */
import { useCallback, useState } from 'react';

const REMEMBERED = 'warroom.actor';

function remembered(): string {
  try {
    return localStorage.getItem(REMEMBERED) ?? '';
  } catch {
    return '';
  }
}

export function useActor(): readonly [string, (name: string) => void] {
  const [actor, setActor] = useState(remembered);
  const keep = useCallback((name: string): void => {
    setActor(name);
    try {
      localStorage.setItem(REMEMBERED, name.trim());
    } catch {
      // The browser may forbid storage; people then enter their name on each visit.
    }
  }, []);
  return [actor, keep];
}
