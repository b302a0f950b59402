/** Names a business day as people of the stand-up do: 昨天, 周五, 上周五; a day of an earlier week by its date. */
import { dayLabel, dayOf, weekdayLabel, weeksBefore } from '../format/instant.ts';
import { useWords } from '../i18n/use-words.ts';
import { useScreen, useWorkspace } from '../state/screen-context.tsx';

const DAY_MS = 86_400_000;

export function useDayName(): (day: string) => string {
  const { t, language } = useWords();
  const { timeZone } = useWorkspace();
  const today = useScreen((screen) => dayOf(screen.now, timeZone));
  const yesterday = useScreen((screen) => dayOf(screen.now - DAY_MS, timeZone));
  return (day) => {
    if (day === yesterday) return t('standup.yesterday');
    const weeks = weeksBefore(day, today);
    if (weeks > 1) return dayLabel(day, language);
    const weekday = weekdayLabel(day, language);
    return weeks === 1 ? t('standup.lastWeek', { day: weekday }) : weekday;
  };
}
