/**
 * Where the rows of a long list stand whose heights differ and are known only of those that were drawn. A row keeps its height
 * under its key; one that was never drawn counts as high as the first ones were in the mean, and not as all so far, so that
 * what is in sight does not move with each row that is drawn. Pure; heights are CSS px.
 */
export interface RowPlaces {
  /** Takes another list, or the same one in another order. Under another `shape`, as other columns are, heights are not what they were. */
  readonly list: (keys: readonly string[], shape: string) => void;
  /** Takes heights that were measured; answers whether one of them was not known. */
  readonly measured: (heights: ReadonlyMap<string, number>) => boolean;
  /** From the first row to the upper edge of this one; of the number of rows: the height of all. */
  readonly top: (index: number) => number;
  /** The row that stands at this height; the last one for all that is below it. */
  readonly at: (offset: number) => number;
}

export function createRowPlaces(guess: number): RowPlaces {
  const heights = new Map<string, number>();
  let usual: number | null = null;
  let keys: readonly string[] = [];
  let drawnIn = '';
  /** Where each key stands in the list. */
  let indexOf: ReadonlyMap<string, number> = new Map();
  /** The height of each row of the list; NaN of one that was never drawn. */
  let own = new Float64Array(0);
  let tops = new Float64Array(1);

  const place = (): void => {
    const unknown = usual ?? guess;
    let top = 0;
    for (let i = 0; i < own.length; i += 1) {
      const height = own[i] ?? Number.NaN;
      top += Number.isNaN(height) ? unknown : height;
      tops[i + 1] = top;
    }
  };
  return {
    list: (next, shape) => {
      if (shape === drawnIn && (next === keys || (next.length === keys.length && next.every((key, i) => key === keys[i])))) return;
      if (shape !== drawnIn) {
        heights.clear();
        usual = null;
      }
      [keys, drawnIn] = [next, shape];
      indexOf = new Map(keys.map((key, i) => [key, i]));
      own = Float64Array.from(keys, (key) => heights.get(key) ?? Number.NaN);
      tops = new Float64Array(keys.length + 1);
      place();
    },
    measured: (found) => {
      let news = false;
      for (const [key, height] of found) {
        if (heights.get(key) === height) continue;
        heights.set(key, height);
        const index = indexOf.get(key);
        if (index !== undefined) own[index] = height;
        news = true;
      }
      if (!news) return false;
      usual ??= [...found.values()].reduce((sum, height) => sum + height, 0) / found.size;
      place();
      return true;
    },
    top: (index) => tops[Math.min(index, keys.length)] ?? 0,
    at: (offset) => {
      let [low, high] = [0, Math.max(0, keys.length - 1)];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((tops[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return low;
    },
  };
}
