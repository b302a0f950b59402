/** The palette of a desk for canvases; read again when the theme changes. */
import { useEffect, useState } from 'react';
import { readPalette, type Palette } from '../charts/palette.ts';
import { useCurrentTheme } from '../desk-kit/theme-context.ts';

const read = (): Palette => readPalette(document.querySelector('.desk') ?? document.documentElement);

export function useDeskPalette(): Palette {
  const theme = useCurrentTheme();
  const [palette, setPalette] = useState(read);
  useEffect(() => setPalette(read()), [theme]);
  return palette;
}
