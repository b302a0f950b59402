import type { Panel } from '../panel.ts';
import { KeywordsBody, KeywordsNote } from './keywords.tsx';

export const keywords: Panel = {
  id: 'keywords',
  groups: ['keywords'],
  streams: ['mentions'],
  Body: KeywordsBody,
  narrow: true,
  Note: KeywordsNote,
};
