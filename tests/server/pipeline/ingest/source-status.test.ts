import { describe, expect, it } from 'vitest';
import type { SourceHealth } from '../../../../shared/wire/freshness.ts';
import { SourceStatus } from '../../../../server/pipeline/ingest/source-status.ts';

describe('state of a source', () => {
  const down = (reason: string, detail = 'words') => ({ state: 'down', reason, detail }) as const;
  function at() {
    const published: SourceHealth[] = [];
    const clock = { now: 1_000 };
    const status = new SourceStatus(
      'kafka',
      () => clock.now,
      (health) => published.push(health),
    );
    return { status, clock, published };
  }

  it('is running, since then, when nothing is wrong', () => {
    expect(at().status.health(3)).toEqual({ source: 'kafka', state: 'running', reason: null, detail: null, since: 1_000, lag: 3 });
  });

  it('shows the gravest of several troubles, and the next when that one is over', () => {
    const { status, clock } = at();
    status.set('topics', down('topic_missing'));
    clock.now = 2_000;
    status.set('connection', down('broker_unreachable'));
    expect(status.health(null)).toMatchObject({ reason: 'broker_unreachable', since: 2_000 });
    clock.now = 3_000;
    status.clear('connection');
    expect(status.health(null)).toMatchObject({ reason: 'topic_missing', since: 1_000 });
    status.clear('topics');
    expect(status.health(null)).toMatchObject({ state: 'running', since: 3_000 });
  });

  it('keeps since when only the words change, and tells of changes only', () => {
    const { status, clock, published } = at();
    status.set('store', down('store_full', 'one'));
    clock.now = 5_000;
    status.set('store', down('store_full', 'two'));
    expect(status.health(null)).toMatchObject({ since: 1_000, detail: 'two' });
    status.clear('store');
    status.clear('store');
    expect(published.map(({ state }) => state)).toEqual(['down', 'running']);
  });
});
