/**
 * The day of a figure, shown where the clock above shows another day already: after midnight until the server sends new
 * figures, or while it is silent.
 */
import type { ReactNode } from 'react';
import { dayLabel, dayOf } from '../../format/instant.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useScreen, useWorkspace } from '../../state/screen-context.tsx';

export function OwnDay({ day }: { readonly day: string }): ReactNode {
  const { t, language } = useWords();
  const { timeZone } = useWorkspace();
  const another = useScreen((screen) => dayOf(screen.now, timeZone) !== day);
  return another ? <strong className="own-day marked">{t('today.ownDay', { day: dayLabel(day, language) })}</strong> : null;
}
