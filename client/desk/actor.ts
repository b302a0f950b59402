/** The name actions are recorded under, remembered on this machine until accounts exist. */
import { useState } from 'react';

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
  const keep = (name: string): void => {
    setActor(name);
    try {
      localStorage.setItem(REMEMBERED, name.trim());
    } catch {
      // Storage may be forbidden; then the name is asked for on each visit.
    }
  };
  return [actor, keep];
}
