/**
 * What differs between two drawings of a scene: figures and words that stand in the same place and say something else, and
 * panels that hold other things. Drawings are compared, not data, so every panel there is and will be is compared alike.
 */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}
/** How many places of two boards differ; `untold` where parts of one cannot be told and all else agrees. */
export type Differ = number | 'untold';

export interface Changed {
  /** The panel it stands in, or `strip`. */
  readonly panel: string;
  /** What is shown, and what the other drawing says in its place; null where the two hold different things. */
  readonly words: string;
  readonly other: string | null;
  readonly box: Box;
}

/** A figure with its unit, or an element that holds text of its own. */
const FIGURE = '.figure';

function hasOwnText(element: Element): boolean {
  for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE && node.textContent?.trim()) return true;
  return false;
}

/** What a panel says, piece by piece in reading order. */
export function saidIn(panel: Element): readonly Element[] {
  const pieces: Element[] = [];
  const visit = (element: Element): void => {
    if (element.matches(FIGURE) || hasOwnText(element)) pieces.push(element);
    else for (const child of element.children) visit(child);
  };
  for (const child of panel.children) visit(child);
  return pieces.filter((piece) => wordsOf(piece) !== '');
}

export const wordsOf = (element: Element): string => (element.textContent ?? '').replaceAll(/\s+/gu, ' ').trim();

const places = (board: Element): Map<string, Element> =>
  new Map([...board.querySelectorAll('[data-panel], .strip')].map((element) => [element.getAttribute('data-panel') ?? 'strip', element]));

/** `differs`: panels whose data differ, also where no word does, as in a chart. */
export function differences(
  shown: Element,
  other: Element,
  differs: ReadonlySet<string>,
  boxOf: (element: Element) => Box,
): readonly Changed[] {
  const others = places(other);
  return [...places(shown)].flatMap(([panel, element]): readonly Changed[] => {
    const beside = others.get(panel);
    const whole: Changed = { panel, words: '', other: null, box: boxOf(element) };
    if (beside === undefined) return [whole];
    const [ours, theirs] = [saidIn(element), saidIn(beside)];
    if (ours.length !== theirs.length) return [whole];
    const changed = ours.flatMap((piece, i): readonly Changed[] => {
      const instead = theirs[i];
      const [words, said] = [wordsOf(piece), instead ? wordsOf(instead) : ''];
      return words === said ? [] : [{ panel, words, other: said, box: boxOf(piece) }];
    });
    return changed.length === 0 && differs.has(panel) ? [whole] : changed;
  });
}

const apart = (a: Box, b: Box): boolean =>
  a.left + a.width <= b.left || b.left + b.width <= a.left || a.top + a.height <= b.top || b.top + b.height <= a.top;

export interface Placed extends Changed {
  /** Where what the other drawing says finds room; null where it would cover something. */
  readonly tag: Box | null;
}

/**
 * Finds room beside each changed figure for a tag of this size: to its right, below it, above it, to its left. What finds
 * none is marked all the same, and says its words to whoever points at it.
 */
export function placed(
  changes: readonly Changed[],
  {
    taken,
    within,
    sizeOf,
  }: { readonly taken: readonly Box[]; readonly within: Box; readonly sizeOf: (change: Changed) => Pick<Box, 'width' | 'height'> },
): readonly Placed[] {
  const used: Box[] = [...taken];
  const gap = 4;
  return changes.map((change): Placed => {
    const { box } = change;
    const size = sizeOf(change);
    const middle = box.top + (box.height - size.height) / 2;
    const candidates: readonly Box[] =
      change.other === null
        ? [{ ...size, left: box.left + box.width - size.width, top: box.top }]
        : [
            { ...size, left: box.left + box.width + gap, top: middle },
            { ...size, left: box.left, top: box.top + box.height + gap },
            { ...size, left: box.left, top: box.top - size.height - gap },
            { ...size, left: box.left - size.width - gap, top: middle },
          ];
    const tag = candidates.find(
      (one) =>
        one.left >= within.left &&
        one.top >= within.top &&
        one.left + one.width <= within.left + within.width &&
        one.top + one.height <= within.top + within.height &&
        used.every((other) => apart(one, other)),
    );
    if (tag) used.push(tag);
    return { ...change, tag: tag ?? null };
  });
}
