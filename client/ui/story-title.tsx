/** Title of a story in the reader's language: scattered complaints are collected under a title of ours, all others have their own. */
import type { ReactNode } from 'react';
import { DAILY_TITLE } from '../../shared/incidents/daily-title.ts';
import { useWords } from '../i18n/use-words.ts';
import { OutsideText } from './outside-text.tsx';

export function useStoryTitle(): (title: string) => string {
  const { t } = useWords();
  return (title) => (title === DAILY_TITLE ? t('story.daily') : title);
}

export function StoryTitle({ children }: { readonly children: string }): ReactNode {
  return <OutsideText>{useStoryTitle()(children)}</OutsideText>;
}
