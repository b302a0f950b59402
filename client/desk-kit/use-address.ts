/** Choices that are part of the address, so that links to them and the browser's back button work. */
import { useCallback, useEffect, useState } from 'react';

export type Choice = Readonly<Record<string, string | readonly string[] | null>>;

export interface Address {
  readonly query: URLSearchParams;
  /** Changes parameters; null removes one. `replace` leaves no step for the back button, as for text while it is typed. */
  readonly choose: (choice: Choice, how?: 'push' | 'replace') => void;
}

export function useAddress(): Address {
  const [search, setSearch] = useState(() => window.location.search);
  useEffect(() => {
    const moved = (): void => setSearch(window.location.search);
    window.addEventListener('popstate', moved);
    return () => window.removeEventListener('popstate', moved);
  }, []);
  const choose = useCallback((choice: Choice, how: 'push' | 'replace' = 'push'): void => {
    const url = new URL(window.location.href);
    for (const [name, value] of Object.entries(choice)) {
      url.searchParams.delete(name);
      for (const one of value === null ? [] : [value].flat()) url.searchParams.append(name, one);
    }
    if (url.search === window.location.search) return;
    if (how === 'push') window.history.pushState(null, '', url);
    else window.history.replaceState(null, '', url);
    setSearch(url.search);
  }, []);
  return { query: new URLSearchParams(search), choose };
}
