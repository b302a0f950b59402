import type { Panel } from '../panel.ts';
import { KeywordsBody, KeywordsNote } from './keywords.tsx';

export const keywords = {
  id: 'keywords',
  view: 'overview',
  groups: ['keywords'],
  streams: ['mentions'],
  Body: KeywordsBody,
  narrow: true,
  Note: KeywordsNote,
} as const satisfies Panel<'overview'>;
