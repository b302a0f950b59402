/** Light or dark: what the person chose on this machine, else what the system prefers. */
import { useEffect, useState } from 'react';

export type Theme = 'light' | 'dark';
const REMEMBERED = 'warroom.theme';

function remembered(): Theme | null {
  try {
    const kept = localStorage.getItem(REMEMBERED);
    return kept === 'light' || kept === 'dark' ? kept : null;
  } catch {
    // The browser may forbid storage; the page then follows the system.
    return null;
  }
}

export function useTheme(): readonly [Theme, () => void] {
  const [chosen, setChosen] = useState(remembered);
  const [system, setSystem] = useState<Theme>(() => (window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'));
  useEffect(() => {
    const query = window.matchMedia('(prefers-color-scheme: dark)');
    const changed = (): void => setSystem(query.matches ? 'dark' : 'light');
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, []);
  const theme = chosen ?? system;
  const flip = (): void => {
    const next = theme === 'dark' ? 'light' : 'dark';
    setChosen(next);
    try {
      localStorage.setItem(REMEMBERED, next);
    } catch {
      // Without storage the choice holds until the page is left.
    }
  };
  return [theme, flip];
}
