/** Says the words of a key with its placeholders filled in. */
import i18next from 'i18next';
import type { Translate } from './keys.ts';

const written = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** Texts of a catalogue and, in between, the names of what is filled in. */
const split = (words: string): readonly string[] => words.split(/\{\{(\w+)\}\}/u);

/**
 * i18next reads the catalogue anew at each call and looks for plurals, formats and nested keys, none of which ours have: on a
 * wall of which everything changes that was a fifth of the script, and on a desk that scrolls as much. Here it is asked once for each key.
 */
export function translator(language: string, catalogue: 'translation' | 'desk' = 'translation'): Translate<string> {
  const translate = i18next.getFixedT(language, catalogue);
  const where = { lng: language, ns: catalogue };
  const known = new Map<string, readonly string[]>();
  return (key, values) => {
    let parts = known.get(key);
    if (parts === undefined) {
      parts = split(translate(key, { skipInterpolation: true }));
      // The words of desk pages come with those pages.
      if (i18next.exists(key, where)) known.set(key, parts);
    }
    if (parts.length === 1) return parts[0] ?? '';
    let said = '';
    for (let i = 0; i < parts.length; i += 1) said += i % 2 === 0 ? (parts[i] ?? '') : written(values?.[parts[i] ?? '']);
    return said;
  };
}
