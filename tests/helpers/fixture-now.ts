/** 2026-11-23 14:35:20 in Shanghai. */
export const fixtureNow = Date.parse('2026-11-23T14:35:20+08:00');
