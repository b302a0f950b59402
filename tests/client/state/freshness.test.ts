import { describe, expect, it } from 'vitest';
import { panelAge } from '../../../client/panels/age.ts';
import { streamStatuses, worstStatus } from '../../../client/state/freshness.ts';
import { streamsOneStale, streamsUsual } from '../../helpers/overview-fixture.ts';

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

  it('the worst of several is the one furthest over its budget', () => {
    const looks = streamStatuses(streamsOneStale(now), now);
    expect(worstStatus(looks)?.stream).toBe('competitors');
    expect(worstStatus([])).toBeNull();
  });
});

describe('[S3] the age of a panel', () => {
  const screen = { streams: streamsOneStale(now), phase: 'live' as const, now, heartbeatAt: now };
  it('is that of its own streams', () => {
    expect(panelAge(['orders'], screen).status).toBe('fresh');
    expect(panelAge(['competitors'], screen)).toEqual({ status: 'stale', ageMs: 22 * 60_000, budgetMs: 900_000 });
  });
  it('[S2] is frozen without a server, and says the older of data and connection', () => {
    const cut = { ...screen, phase: 'grey' as const, now: now + 180_000 };
    expect(panelAge(['orders'], cut)).toMatchObject({ status: 'frozen', ageMs: 186_000 });
    expect(panelAge(['competitors'], cut)).toMatchObject({ status: 'frozen', ageMs: 25 * 60_000 });
    expect(panelAge(['orders'], { ...cut, streams: [] })).toMatchObject({ status: 'frozen', ageMs: 180_000 });
  });
});
