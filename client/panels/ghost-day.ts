/** The words for the like day that today is held against: 昨日, 上周一, 去年双11, or its date. */
import type { Ghost } from '../../shared/wire/views/overview.ts';
import { dayLabel, weekdayLabel } from '../format/instant.ts';
import { useWords } from '../i18n/use-words.ts';
import { useGroupIfThere } from '../state/screen-context.tsx';

const WEEK_MS = 7 * 86_400_000;

export function useGhostDay(ghost: Ghost | null): string {
  const { t, language } = useWords();
  const today = useGroupIfThere('overview', 'today')?.day;
  if (ghost === null) return '';
  if (ghost.kind === 'yesterday') return t('ghost.yesterday');
  if (ghost.kind === 'node' && ghost.node) return t('ghost.node', { node: language === 'en' ? ghost.node.en : ghost.node['zh-CN'] });
  const lastWeek = today !== undefined && Date.parse(today) - Date.parse(ghost.day) === WEEK_MS;
  return lastWeek ? t('ghost.weekday', { weekday: weekdayLabel(ghost.day, language) }) : dayLabel(ghost.day, language);
}
