import { describe, expect, it } from 'vitest';
import { panelAge } from '../../../client/panels/age.ts';
import type { StreamFreshness } from '../../../shared/wire/freshness.ts';
import { streamStatus, streamStatuses, worstStatus } from '../../../client/state/freshness.ts';
import { streamsOneStale, streamsQuiet, streamsUsual } from '../../helpers/overview-fixture.ts';

const now = 1_000_000_000;

describe('[S3] freshness of data, apart from the connection', () => {
  it('is judged per stream against its own budget, at the moment of painting', () => {
    const known = streamsUsual(now);
    expect(streamStatuses(known, now).map((status) => status.state)).toEqual(['fresh', 'fresh', 'fresh', 'fresh', 'fresh']);
    // Nothing new came; only time passed.
    expect(streamStatuses(known, now + 55_000).map((status) => status.state)).toEqual(['stale', 'fresh', 'fresh', 'fresh', 'fresh']);
  });

  it('a stream that never had a fact is not stale but empty, and so is one the server does not name', () => {
    expect(streamStatuses([], now).every((status) => status.state === 'never' && status.ageMs === null)).toBe(true);
  });

  it('the worst of several is a stale one, however old the others are', () => {
    const looks = streamStatuses(streamsOneStale(now), now);
    expect(worstStatus(looks)?.stream).toBe('competitors');
    expect(worstStatus([])).toBeNull();
  });
});

describe('[S3] the life of a source, apart from the age of its last event', () => {
  const quiet: StreamFreshness = {
    ...{ stream: 'orders', lastReceivedAt: now - 240_000, lastOccurredAt: now - 241_000 },
    ...{ aliveAt: now - 3_000, budgetMs: 60_000, usualSilenceMs: null },
  };
  const look = (change: Partial<StreamFreshness>) => streamStatus({ ...quiet, ...change }, now);

  it('a shop without an order for minutes is quiet and not stale while its source answers', () => {
    expect(look({})).toMatchObject({ state: 'quiet', reason: null, alive: true, ageMs: 240_000 });
    expect(look({ lastReceivedAt: now - 20_000 })).toMatchObject({ state: 'fresh', reason: null });
    expect(streamStatuses(streamsQuiet(now), now).map(({ state }) => state)).toEqual(['quiet', 'quiet', 'quiet', 'quiet', 'quiet']);
  });

  it('a source without a sign of life within its budget does not answer, however usual the silence is', () => {
    const late = { aliveAt: now - 61_000 };
    expect(look(late)).toMatchObject({ state: 'stale', reason: 'no_answer' });
    expect(look({ ...late, usualSilenceMs: 3_600_000 })).toMatchObject({ state: 'stale', reason: 'no_answer' });
    // An event is a sign of life too.
    expect(look({ ...late, lastReceivedAt: now - 30_000 })).toMatchObject({ state: 'fresh' });
    expect(look({ ...late, lastReceivedAt: null, lastOccurredAt: null })).toMatchObject({ state: 'stale', reason: 'no_answer' });
  });

  it('a budget shorter than the way of a sign of life does not flicker', () => {
    expect(look({ budgetMs: 1_000, aliveAt: now - 14_000 })).toMatchObject({ state: 'quiet' });
    expect(look({ budgetMs: 1_000, aliveAt: now - 16_000 })).toMatchObject({ state: 'stale' });
  });

  it('a silence longer than usual at this hour is a reason of its own', () => {
    expect(look({ usualSilenceMs: 200_000 })).toMatchObject({ state: 'stale', reason: 'silence', usualMs: 200_000 });
    expect(look({ usualSilenceMs: 300_000 })).toMatchObject({ state: 'quiet' });
    // The budget is the least: a stream that speaks every second is not stale after two.
    expect(look({ usualSilenceMs: 2_000, lastReceivedAt: now - 50_000 })).toMatchObject({ state: 'fresh' });
  });

  it('without any other sign of life, what is learnt replaces the budget', () => {
    expect(look({ aliveAt: null })).toMatchObject({ state: 'stale', reason: 'no_answer' });
    expect(look({ aliveAt: null, usualSilenceMs: 300_000 })).toMatchObject({ state: 'quiet', alive: false });
  });

  it('imported history has an age and is no sign of life', () => {
    const imported = { lastReceivedAt: null, lastOccurredAt: now - 86_400_000 };
    expect(look({ ...imported, aliveAt: null })).toMatchObject({ state: 'stale', reason: 'no_answer', ageMs: 86_400_000 });
    expect(look({ ...imported, aliveAt: now - 61_000 })).toMatchObject({ state: 'stale', reason: 'no_answer' });
    expect(look(imported)).toMatchObject({ state: 'quiet', ageMs: 86_400_000 });
  });
});

describe('[S3] the age of a panel', () => {
  const screen = { streams: streamsOneStale(now), phase: 'live' as const, now, heartbeatAt: now };
  it('is that of its own streams', () => {
    expect(panelAge(['orders'], screen).status).toBe('fresh');
    expect(panelAge(['competitors'], screen)).toEqual({ status: 'stale', ageMs: 22 * 60_000 });
  });
  it('[S2] is frozen without a server, and says the older of data and connection', () => {
    const cut = { ...screen, phase: 'grey' as const, now: now + 180_000 };
    expect(panelAge(['orders'], cut)).toMatchObject({ status: 'frozen', ageMs: 186_000 });
    expect(panelAge(['competitors'], cut)).toMatchObject({ status: 'frozen', ageMs: 25 * 60_000 });
    expect(panelAge(['orders'], { ...cut, streams: [] })).toMatchObject({ status: 'frozen', ageMs: 180_000 });
  });
});
