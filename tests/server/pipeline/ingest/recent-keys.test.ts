/** What must be remembered is, however the forgetting falls. */
import { expect, it } from 'vitest';
import { createRecent } from '../../../../server/pipeline/ingest/recent-keys.ts';

it.each([1, 2, 5])('knows what the last %i pieces changed at any moment, and forgets what is long past', (span) => {
  const recent = createRecent(span);
  for (let piece = 0; piece < 6 * span; piece++) {
    recent.folded([['order', [`key ${piece}`]]]);
    for (let back = 0; back < Math.min(span, piece + 1); back++) expect(recent.has('order', `key ${piece - back}`)).toBe(true);
    expect(recent.has('order', `key ${piece - 2 * span}`)).toBe(false);
  }
});

it('tells kinds apart', () => {
  const recent = createRecent(1);
  recent.folded([['order', ['key']]]);
  expect(recent.has('refund', 'key')).toBe(false);
});
