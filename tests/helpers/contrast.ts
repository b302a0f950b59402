/** Contrast of two colours, WCAG 2.2 (relative luminance of sRGB). Colours as #rgb, #rrggbb or rgb(…). */
export type Rgb = readonly [number, number, number];

export function rgb(colour: string): Rgb {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/iu.exec(colour)?.[1];
  if (hex) {
    const full = hex.length === 3 ? hex.replaceAll(/./gu, '$&$&') : hex;
    return [0, 2, 4].map((i) => Number.parseInt(full.slice(i, i + 2), 16)) as unknown as Rgb;
  }
  const parts = /^rgba?\(([^)]+)\)$/u
    .exec(colour)?.[1]
    ?.split(/[\s,/]+/u)
    .map(Number);
  if (!parts || parts.length < 3) throw new Error(`not a colour: ${colour}`);
  return parts.slice(0, 3) as unknown as Rgb;
}

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((value) => {
    const s = value / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(rgb(a)), luminance(rgb(b))].toSorted((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}
