/** The title and the icon of the tab: they say how many stories are open and how long the most urgent one has, for whoever looks at another tab. */
import { useEffect } from 'react';
import { clockText } from '../format/duration.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useScreen } from '../state/screen-context.tsx';
import type { Urgency } from '../state/urgency.ts';
import { nextClock } from './next-clock.ts';
import { urgencyOf, type Story } from './story-fields.ts';
import { useStoryTitle } from '../ui/story-title.tsx';

const ICON = '/icon.svg';
const ICON_IN_FIRE = '/icon-fire.svg';

/** `(1) 07:22 X5 漏水视频`; a breach shows how late it is with a plus. Without a story the name of the page alone. */
export function tabTitle(count: number, first: Story | null, now: number, page: string, named: (title: string) => string): string {
  const clock = first && nextClock(first);
  if (count === 0 || !first) return page;
  const left = clock ? clock.dueAt - now : 0;
  const time = clock ? `${left <= 0 ? '+' : ''}${clockText(left)} ` : '';
  return `(${count}) ${time}${named(first.title)} · ${page}`;
}

export const inFire = (urgency: Urgency): boolean => urgency === 'fire' || urgency === 'breached';

/** `first` is the most urgent of `count` open stories. A component without content, because the title changes every second and the page does not. */
export function TabTitle({ count, first }: { readonly count: number; readonly first: Story | null }): null {
  const { t, language } = useDeskWords();
  const named = useStoryTitle();
  const page = t('pr.title');
  const title = useScreen((screen) => tabTitle(count, first, screen.now, page, named));
  const fire = useScreen((screen) => first !== null && inFire(urgencyOf(first, screen.now)));
  useEffect(() => {
    document.title = title;
    // A change of the language gives the page its plain title first.
  }, [title, language]);
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (icon) icon.href = fire ? ICON_IN_FIRE : ICON;
  }, [fire]);
  return null;
}
