/** The words for an instant on a desk. */
import { dateLabel, dayOf, timeOfDay } from '../format/instant.ts';
import { useWords } from '../i18n/use-words.ts';
import { useScreen, useWorkspace } from '../state/screen-context.tsx';

/** Only the time for an instant of today, otherwise the date and the time. */
export function useMoment(): (at: number) => string {
  const { language } = useWords();
  const { timeZone } = useWorkspace();
  const today = useScreen((screen) => dayOf(screen.now, timeZone));
  return (at) => {
    const time = timeOfDay(at, timeZone);
    return dayOf(at, timeZone) === today ? time : `${dateLabel(at, timeZone, language)} ${time}`;
  };
}
