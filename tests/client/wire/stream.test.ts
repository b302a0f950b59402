import { describe, expect, it } from 'vitest';
import { fellBehind, takePatch, takeSnapshot } from '../../../client/wire/stream.ts';
import type { ViewSnapshot } from '../../../client/wire/stream.ts';
import type { Heartbeat, Patch, Snapshot } from '../../../shared/wire/protocol.ts';
import { incidentsFixture } from '../../helpers/incidents-fixture.ts';
import { usualDay } from '../../helpers/overview-fixture.ts';

const snapshot: Snapshot<'overview'> = { view: 'overview', epoch: 'a', revision: 7, state: usualDay, sentAt: 0 };
const patch = (from: number, revision: number, rest: Partial<Patch<'overview'>> = {}): Patch<'overview'> => ({
  view: 'overview',
  epoch: 'a',
  from,
  revision,
  groups: { today: { ...usualDay.today, orders: revision } },
  oldestAt: 0,
  sentAt: 0,
  ...rest,
});
const held: ViewSnapshot<'overview'> = { position: { epoch: 'a', revision: 7 }, state: usualDay };

describe('[S1] a numbered stream', () => {
  it('holds a snapshot as it is', () => {
    expect(takeSnapshot('overview', snapshot)).toEqual({ outcome: 'applied', snapshot: held });
  });

  it('replaces the groups a patch carries and keeps the others', () => {
    const taken = takePatch('overview', held, patch(7, 9));
    expect(taken.outcome === 'applied' && taken.snapshot.position).toEqual({ epoch: 'a', revision: 9 });
    expect(taken.outcome === 'applied' && taken.snapshot.state.today?.orders).toBe(9);
    expect(taken.outcome === 'applied' && taken.snapshot.state.channels).toBe(usualDay.channels);
  });

  it.each([
    ['a patch that builds on a later revision', patch(8, 9)],
    ['a patch that builds on an earlier revision and goes further', patch(6, 9)],
    ['a patch of another epoch', patch(7, 8, { epoch: 'b' })],
  ])('%s is a gap', (_name, message) => {
    expect(takePatch('overview', held, message)).toEqual({ outcome: 'gap' });
  });

  it.each([
    ['an old patch', held, patch(5, 6)],
    ['the same patch again', held, patch(6, 7)],
    ['a patch before any snapshot', null, patch(7, 8)],
    ['a patch of another view', held, patch(7, 8, { view: 'incidents' as never })],
  ])('%s is ignored', (_name, holding, message) => {
    expect(takePatch('overview', holding, message)).toEqual({ outcome: 'ignored' });
  });

  const desk = { position: { epoch: 'a', revision: 7 }, state: incidentsFixture };
  const [story] = incidentsFixture.open.incidents;
  const counted = (id: string): Patch<'incidents'> => ({
    ...{ view: 'incidents', epoch: 'a', from: 7, revision: 8, groups: {}, oldestAt: 0, sentAt: 0 },
    lists: {
      open: { list: 'incidents', key: 'id', order: null, rows: [{ ...story, id, mentionCount: 999 }], rest: { total: 1_000, next: null } },
    },
  });

  it('takes the rows of a list that changed and keeps the others', () => {
    const taken = takePatch('incidents', desk, counted(story?.id ?? ''));
    const { open, recent } = (taken.outcome === 'applied' && taken.snapshot.state) || {};
    expect([open?.total, open?.next, open?.incidents[0]?.mentionCount]).toEqual([1_000, null, 999]);
    expect(open?.incidents.slice(1)).toEqual(incidentsFixture.open.incidents.slice(1));
    expect(open?.incidents.slice(1).every((one, i) => one === incidentsFixture.open.incidents[i + 1])).toBe(true);
    expect(recent).toBe(incidentsFixture.recent);
  });

  it.each([
    ['a row that the list held here does not have', desk, counted('never-seen')],
    ['a list that is not held here', { ...desk, state: { recent: incidentsFixture.recent } }, counted(story?.id ?? '')],
  ])('%s is a gap, although its numbers follow', (_name, holding, message) => {
    expect(takePatch('incidents', holding, message)).toEqual({ outcome: 'gap' });
  });

  const heartbeat = (revision: number, epoch = 'a') => ({ positions: { overview: { epoch, revision } } }) as unknown as Heartbeat;
  const at = { epoch: 'a', revision: 7 };

  it('is behind when a whole heartbeat passed without what the server already numbered', () => {
    expect(fellBehind('overview', held, at, heartbeat(8))).toBe(true);
  });
  it('is not behind when the missing patch may still be under way', () => {
    expect(fellBehind('overview', held, null, heartbeat(8))).toBe(false);
    expect(fellBehind('overview', held, { epoch: 'a', revision: 6 }, heartbeat(8))).toBe(false);
    expect(fellBehind('overview', held, at, heartbeat(7))).toBe(false);
  });
  it('is behind when the server began to number anew', () => {
    expect(fellBehind('overview', held, at, heartbeat(7, 'b'))).toBe(true);
  });
});
