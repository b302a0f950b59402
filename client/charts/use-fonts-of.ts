/**
 * Whether the fonts of a text have come. A canvas measures words with whatever font is there and keeps those widths, so a chart
 * drawn too early lays its labels over one another for good.
 */
import { useEffect, useState } from 'react';

export function useFontsOf(fonts: readonly string[], text: string): boolean {
  const [come, setCome] = useState(false);
  const wanted = fonts.join('\n');
  useEffect(() => {
    const page: FontFaceSet | undefined = document.fonts;
    let here = true;
    const asked = page === undefined ? [] : wanted.split('\n').map((font) => page.load(font, text));
    // A font that cannot be had must not keep the chart away.
    void Promise.allSettled(asked).then(() => {
      if (here) setCome(true);
    });
    return () => {
      here = false;
    };
  }, [wanted, text]);
  return come;
}
