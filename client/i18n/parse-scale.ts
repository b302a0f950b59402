/** Reads a catalogue's `number.scale`, such as `100000000:亿,10000:万`, so that the words for large numbers live with all other words. */
import type { Scale } from '../format/scale.ts';

export function parseScale(text: string): Scale {
  return text.split(',').map((step) => {
    const [at, word] = step.split(':');
    if (!at || !word || !(Number(at) > 0)) throw new Error(`not a scale step: ${step}`);
    return { at: Number(at), word };
  });
}
