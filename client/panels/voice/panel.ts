import type { Panel } from '../panel.ts';
import { VoiceBody, VoiceNote } from './voice.tsx';

export const voice = {
  id: 'voice',
  page: '/kpis/share_of_voice',
  view: 'competitors',
  groups: ['voice'],
  streams: ['mentions'],
  Body: VoiceBody,
  Note: VoiceNote,
} as const satisfies Panel<'competitors'>;
