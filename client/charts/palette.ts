/** Colours and lengths for canvases. They are read from the style sheet, so that each is written only once. */
export interface Palette {
  readonly us: string;
  readonly ink1: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly mark: string;
  readonly dead: string;
  readonly amber: string;
  readonly track: string;
  readonly rule: string;
  /** One px of the 1920×1080 drawing, in CSS px. */
  readonly unit: number;
}

export function readPalette(element: Element = document.documentElement): Palette {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    us: colour('--us'),
    ink1: colour('--ink1'),
    ink2: colour('--ink2'),
    ink3: colour('--ink3'),
    mark: colour('--mark'),
    dead: colour('--dead'),
    amber: colour('--amber'),
    track: colour('--track'),
    rule: colour('--rule'),
    unit: Number.parseFloat(style.getPropertyValue('--u')) || 1,
  };
}
