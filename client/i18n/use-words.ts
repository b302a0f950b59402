/** Gives components the words and number formats of the page's language. */
import i18next from 'i18next';
import { useSyncExternalStore } from 'react';
import type { Scale } from '../format/scale.ts';
import { coarseAge, durationParts } from '../format/duration.ts';
import type { Catalogue } from './catalogue.ts';
import type { Key, Translate } from './keys.ts';
import { parseScale } from './parse-scale.ts';
import { translator } from './translator.ts';

export interface Words {
  readonly t: Translate<Key<Catalogue>>;
  readonly language: string;
  readonly scale: Scale;
  /** 6秒, 22分 */
  readonly age: (ms: number) => string;
  /** 3 分 06 秒, for durations that grow while people watch. */
  readonly exactAge: (ms: number) => string;
}

/** The words of each language are made once for all components: a list mounts dozens of them in one frame. */
const made = new Map<string, Words>();

function wordsOf(language: string): Words {
  const before = made.get(language);
  if (before !== undefined) return before;
  const say: Words['t'] = translator(language);
  const words: Words = {
    t: say,
    language,
    scale: parseScale(say('number.scale')),
    age: (ms) => {
      const { unit, count } = coarseAge(ms);
      return say(`age.${unit}`, { count });
    },
    exactAge: (ms) => {
      const { days, hours, minutes, seconds } = durationParts(ms);
      const two = (n: number) => String(n).padStart(2, '0');
      if (days > 0 || hours > 0) return say('age.hoursMinutes', { hours: days * 24 + hours, minutes: two(minutes) });
      return minutes > 0 ? say('age.minutesSeconds', { minutes, seconds: two(seconds) }) : say('age.secondsOnly', { seconds });
    },
  };
  if (i18next.isInitialized) made.set(language, words);
  return words;
}

const language = (): string => i18next.language;
function onLanguage(changed: () => void): () => void {
  i18next.on('languageChanged', changed);
  return () => i18next.off('languageChanged', changed);
}

export function useWords(): Words {
  return wordsOf(useSyncExternalStore(onLanguage, language, language));
}
