/**
 * The story that is shown. It stands in the path, so that links to it, a reload and the browser's back button lead to the
 * same story whatever else happens in the queue. The older address `/incidents?incident=…` leads to the same place.
 */
import { useCallback, useEffect, useState } from 'react';

const OLD_PARAMETER = 'incident';
const LIST = '/incidents';

/** The id in an address; null on the list. */
export function storyOf(path: string): string | null {
  const found = /^\/incidents\/([^/]+)\/?$/u.exec(path)?.[1];
  if (found === undefined) return null;
  try {
    return decodeURIComponent(found);
  } catch {
    return found;
  }
}

export function storyPath(id: string | null): string {
  return id === null ? LIST : `${LIST}/${encodeURIComponent(id)}`;
}

/** The address that the page has instead of an old one; null if it needs no other. */
export function movedAddress(href: string): string | null {
  const url = new URL(href);
  const old = url.searchParams.get(OLD_PARAMETER);
  if (old === null) return null;
  url.searchParams.delete(OLD_PARAMETER);
  if (old !== '' && storyOf(url.pathname) === null) url.pathname = storyPath(old);
  return `${url.pathname}${url.search}${url.hash}`;
}

function read(): string | null {
  const moved = movedAddress(window.location.href);
  if (moved !== null) window.history.replaceState(null, '', moved);
  return storyOf(window.location.pathname);
}

export type Choose = (id: string | null, how?: 'push' | 'replace') => void;

export function useStoryAddress(): readonly [string | null, Choose] {
  const [chosen, setChosen] = useState(read);
  useEffect(() => {
    const moved = (): void => setChosen(read());
    window.addEventListener('popstate', moved);
    return () => window.removeEventListener('popstate', moved);
  }, []);
  const choose = useCallback<Choose>((id, how = 'push') => {
    const address = storyPath(id) + window.location.search;
    if (how === 'push') window.history.pushState(null, '', address);
    else window.history.replaceState(null, '', address);
    setChosen(id);
  }, []);
  return [chosen, choose];
}
