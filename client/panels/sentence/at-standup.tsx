/** The same sentence on 晨会, from the group of its own view. */
import type { ReactNode } from 'react';
import { useGroup } from '../../state/screen-context.tsx';
import type { Panel } from '../panel.ts';
import { sentence } from './panel.ts';
import { SentenceLine } from './sentence.tsx';

function Body(): ReactNode {
  return <SentenceLine group={useGroup('standup', 'sentence')} />;
}

export const sentenceAtStandup = { ...sentence, view: 'standup', groups: ['sentence'], Body } as const satisfies Panel<'standup'>;
