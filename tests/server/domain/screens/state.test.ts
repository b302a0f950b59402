import { describe, expect, it } from 'vitest';
import { GONE_MS, OFFLINE_MS, screenState } from '../../../../server/domain/screens/state.ts';

const heard = { silentMs: 0, visible: true, closed: false, behindMs: 0 };

describe('what is known of a screen', () => {
  it('[SC1] a screen that goes on painting what the server has is painting, however long ago anything changed', () => {
    expect(screenState(heard)).toBe('painting');
    expect(screenState({ ...heard, silentMs: 7_999, behindMs: 7_999 })).toBe('painting');
    expect(screenState({ ...heard, behindMs: null })).toBe('painting');
  });

  it('[SC1] a freeze is known within 10 s: no report for 8 s, or an old revision 8 s after a newer one was there', () => {
    expect(screenState({ ...heard, silentMs: 8_000 })).toBe('frozen');
    expect(screenState({ ...heard, behindMs: 8_000 })).toBe('frozen');
    expect(screenState({ ...heard, silentMs: OFFLINE_MS - 1 })).toBe('frozen');
  });

  it('[SC1] a page that said it is hidden is no frozen one; later, and where nothing was ever heard, the screen is off', () => {
    expect(screenState({ ...heard, visible: false, behindMs: 60_000 })).toBe('hidden');
    expect(screenState({ ...heard, visible: false, silentMs: GONE_MS })).toBe('offline');
    expect(screenState({ ...heard, silentMs: OFFLINE_MS })).toBe('offline');
    expect(screenState({ ...heard, silentMs: null })).toBe('offline');
  });

  it('[SC1] a page that said good-bye is closed at once and stays so; one that only fell silent has frozen', () => {
    const gone = { ...heard, visible: false, closed: true };
    expect(screenState(gone)).toBe('closed');
    expect(screenState({ ...gone, silentMs: OFFLINE_MS })).toBe('closed');
    expect(screenState({ ...gone, silentMs: null })).toBe('closed');
    expect(screenState({ ...heard, silentMs: 9_000 })).toBe('frozen');
  });
});
