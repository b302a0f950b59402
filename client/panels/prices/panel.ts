import type { Panel } from '../panel.ts';
import { PricesBody, PricesNote } from './prices.tsx';

export const prices = {
  id: 'prices',
  page: '/settings/brands',
  view: 'competitors',
  groups: ['prices'],
  streams: ['competitors'],
  Body: PricesBody,
  Note: PricesNote,
} as const satisfies Panel<'competitors'>;
