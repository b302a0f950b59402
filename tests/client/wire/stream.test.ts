import { describe, expect, it } from 'vitest';
import { fellBehind, takePatch, takeSnapshot } from '../../../client/wire/stream.ts';
import type { ViewSnapshot } from '../../../client/wire/stream.ts';
import type { Heartbeat, Patch, Snapshot } from '../../../shared/wire/protocol.ts';
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
