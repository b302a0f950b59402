/** The palette of the page; read again when the window's size changes, because lengths follow the screen's height. */
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
