/** The palette of the page. It is read again when the size of the window changes, because lengths depend on the height of the screen. */
import { useEffect, useState } from 'react';
import { readPalette } from './palette.ts';
import type { Palette } from './palette.ts';

export function usePalette(): Palette {
  const [palette, setPalette] = useState(() => readPalette());
  useEffect(() => {
    const read = (): void => setPalette(readPalette());
    window.addEventListener('resize', read);
    return () => window.removeEventListener('resize', read);
  }, []);
  return palette;
}
