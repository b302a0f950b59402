/** When a competitor moved: the time for today, else “yesterday” or the number of days ago. */
import type { ReactNode } from 'react';
import { daysAgo, hourMinute, timeOfDay } from '../format/instant.ts';
import { useWords } from '../i18n/use-words.ts';
import { useScreen, useWorkspace } from '../state/screen-context.tsx';

export function MoveWhen({ at }: { readonly at: number }): ReactNode {
  const { t } = useWords();
  const { timeZone } = useWorkspace();
  const ago = useScreen((screen) => daysAgo(at, screen.now, timeZone));
  const label = ago <= 0 ? hourMinute(at, timeZone) : ago === 1 ? t('competitors.yesterday') : t('competitors.daysAgo', { count: ago });
  return (
    <time className="move-when" dateTime={new Date(at).toISOString()} title={timeOfDay(at, timeZone)}>
      {label}
    </time>
  );
}
