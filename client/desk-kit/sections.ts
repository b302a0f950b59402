/** The sections that the head of every desk page leads to. */
export const sections = [
  { id: 'wall', path: '/' },
  { id: 'standup', path: '/standup' },
  { id: 'incidents', path: '/incidents' },
  { id: 'campaigns', path: '/campaigns' },
  { id: 'numbers', path: '/kpis' },
  { id: 'settings', path: '/settings' },
] as const;
export type SectionId = (typeof sections)[number]['id'];
