/** Who is called next if nobody acts, and when. It counts every second; what it stands in does not. */
import type { ReactNode } from 'react';
import { clockText } from '../format/duration.ts';
import { isolated } from '../format/outside.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useScreen } from '../state/screen-context.tsx';
import { isClosed, type Story } from './story-fields.ts';

/** The words stand in what `children` makes of them; nothing is drawn where nobody is called. */
export function NextCall({ story, children }: { readonly story: Story; readonly children: (words: string) => ReactNode }): ReactNode {
  const { t, coded } = useDeskWords();
  const { next } = story;
  const left = useScreen((screen) => (next === null ? 0 : Math.max(0, next.at - screen.now)));
  if (next === null || isClosed(story)) return null;
  const time = clockText(left);
  const called = next.people.length > 0 ? next.people : next.roles.length === 0 && story.owner !== null ? [story.owner] : [];
  if (called.length === 0) return children(t('pr.nextNobody', { time, role: next.roles.map((role) => coded('role', role)).join(' / ') }));
  return children(t(story.status === 'open' ? 'pr.nextCall' : 'pr.nextCallClaimed', { time, names: called.map(isolated).join(' / ') }));
}
