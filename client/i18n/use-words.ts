/** Gives components the words and number formats of the page's language. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Scale } from '../format/scale.ts';
import { coarseAge, durationParts } from '../format/duration.ts';
import type { Catalogue } from './catalogue.ts';
import type { Key, Translate } from './keys.ts';
import { parseScale } from './parse-scale.ts';

export interface Words {
  readonly t: Translate<Key<Catalogue>>;
  readonly language: string;
  readonly scale: Scale;
  /** 6秒, 22分 */
  readonly age: (ms: number) => string;
  /** 3 分 06 秒, for durations that grow while people watch. */
  readonly exactAge: (ms: number) => string;
}

export function useWords(): Words {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  return useMemo(() => {
    const say: Words['t'] = (key, values = {}) => t(key, values);
    return {
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
  }, [t, language]);
}
