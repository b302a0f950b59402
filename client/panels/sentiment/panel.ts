import type { Panel } from '../panel.ts';
import { SentimentBody, SentimentNote } from './sentiment.tsx';

export const sentiment = {
  id: 'sentiment',
  page: '/kpis/net_sentiment',
  view: 'overview',
  groups: ['sentiment'],
  streams: ['mentions'],
  Body: SentimentBody,
  narrow: true,
  Note: SentimentNote,
} as const satisfies Panel<'overview'>;
