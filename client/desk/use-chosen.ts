/** The chosen incident. It is part of the address, so links to it and the browser's back button work. */
import { useEffect, useState } from 'react';

const PARAMETER = 'incident';
const read = (): string | null => new URLSearchParams(window.location.search).get(PARAMETER);

export function useChosen(): readonly [string | null, (id: string | null) => void] {
  const [chosen, setChosen] = useState(read);
  useEffect(() => {
    const moved = (): void => setChosen(read());
    window.addEventListener('popstate', moved);
    return () => window.removeEventListener('popstate', moved);
  }, []);
  const choose = (id: string | null): void => {
    const url = new URL(window.location.href);
    if (id === null) url.searchParams.delete(PARAMETER);
    else url.searchParams.set(PARAMETER, id);
    window.history.pushState(null, '', url);
    setChosen(id);
  };
  return [chosen, choose];
}
