import type { Panel } from '../panel.ts';
import { SentimentBody, SentimentNote } from './sentiment.tsx';

export const sentiment: Panel = {
  id: 'sentiment',
  groups: ['sentiment'],
  streams: ['mentions'],
  Body: SentimentBody,
  narrow: true,
  Note: SentimentNote,
};
