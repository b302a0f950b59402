import { describe, expect, it } from 'vitest';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import { seededRandom } from '../../../helpers/random.ts';
import { createBroadcaster, type BroadcasterParts } from '../../../../server/pipeline/push/broadcaster.ts';
import type { View } from '../../../../server/pipeline/push/view.ts';
import { createProblems } from '../../../../server/pipeline/ports/problems.ts';
import type { ViewName } from '../../../../shared/wire/views/all.ts';
import { everyView } from '../../../helpers/every-view.ts';
import { ManualTime } from '../../../helpers/manual-time.ts';
import { broadcasterRig, parts, type BroadcasterRig } from './broadcaster-rig.ts';

async function watched(): Promise<BroadcasterRig> {
  const rig = broadcasterRig(1_000_000);
  await rig.join();
  await rig.pass(200);
  return rig;
}

describe('broadcaster', () => {
  it('[S1] numbers patches from the snapshot on and carries only what changed', async () => {
    const rig = await watched();
    rig.commit('sales');
    await rig.pass(120);
    expect(rig.patches).toMatchObject([{ view: 'overview', epoch: 'e1', from: 1, revision: 2, groups: { today: 1 } }]);
    expect(Object.keys(rig.patches[0]?.groups ?? {})).toEqual(['today']);
  });

  it('merges a burst into ten patches a second at most, with the oldest commit’s time', async () => {
    const rig = await watched();
    const began = rig.time.now();
    for (let i = 0; i < 1_000; i++) {
      rig.commit('sales');
      await rig.pass(1);
    }
    await rig.pass(200);
    expect(rig.patches.length).toBeGreaterThanOrEqual(9);
    expect(rig.patches.length).toBeLessThanOrEqual(11);
    expect(rig.patches.at(-1)?.groups).toEqual({ today: 1_000 });
    expect(rig.patches[1]?.oldestAt).toBeLessThan((rig.patches[1]?.sentAt ?? 0) - 90);
    expect(rig.patches[0]?.oldestAt).toBe(began);
  });

  it('sends the first change after a quiet time at once', async () => {
    const rig = await watched();
    rig.commit('sales');
    await rig.pass(1);
    expect(rig.patches).toHaveLength(1);
  });

  it('an alarm skips the tick, a storm of alarms does not flood', async () => {
    const rig = await watched();
    rig.commit('sales');
    await rig.pass(2);
    rig.commit('incidents');
    await rig.pass(2);
    expect(rig.patches.map((patch) => Object.keys(patch.groups))).toEqual([['today'], ['strip']]);
    for (let i = 0; i < 1_000; i++) {
      rig.commit('incidents');
      await rig.pass(1);
    }
    expect(rig.patches.length).toBeLessThanOrEqual(14);
  });

  it('of what one commit changed an alarm is read first, as the store answers in the order of the questions', async () => {
    const rig = await watched();
    const order: string[] = [];
    rig.nextRead = (group) => {
      order.push(group);
      return { ms: 0, fails: false };
    };
    rig.commit('sales', 'content', 'incidents');
    await rig.pass(2);
    expect(order).toEqual(['strip', 'today', 'hours']);
  });

  it('a slow group does not hold up the others', async () => {
    const rig = await watched();
    rig.nextRead = (group) => ({ ms: group === 'campaigns' ? 3_000 : 0, fails: false });
    rig.commit('leads');
    await rig.pass(500);
    rig.commit('sales');
    await rig.pass(200);
    expect(rig.patches).toMatchObject([{ groups: { today: 1 } }]);
  });

  it('a dear group is read no more often than its throttle allows', async () => {
    const rig = await watched();
    const before = rig.readCount;
    for (let i = 0; i < 90; i++) {
      rig.commit('leads');
      await rig.pass(10);
    }
    expect(rig.readCount - before).toBeLessThanOrEqual(3);
  });

  it('says nothing when nothing differs', async () => {
    const rig = await watched();
    rig.broadcaster.onCommit(['sales'], rig.time.now());
    await rig.pass(500);
    expect(rig.patches).toEqual([]);
  });

  it('reads nothing while nobody watches, and everything stale for the first who comes', async () => {
    const rig = broadcasterRig();
    for (let i = 0; i < 10; i++) {
      rig.commit('sales');
      await rig.pass(500);
    }
    expect(rig.readCount).toBe(0);
    expect((await rig.join()).state).toEqual(rig.truth);
  });

  it('reads and sends nothing of a view that no screen shows, whatever happens in the views beside it', async () => {
    const time = new ManualTime(1_000_000);
    const reads: string[] = [];
    const sent: string[] = [];
    const counting = (name: ViewName): View => ({
      name,
      groups: ['strip' as never],
      affectedBy: () => ['strip' as never],
      refreshMs: {},
      throttleMs: {},
      read: async () => reads.push(name) as never,
    });
    const views = everyView(counting) as BroadcasterParts['views'];
    const broadcaster = createBroadcaster({ views, clock: time, timers: time, problems: createProblems(), epoch: 'e' });
    broadcaster.connect({ watched: (name) => name === 'incidents', publish: (patch) => sent.push(patch.view) });
    await broadcaster.snapshot('incidents');
    for (let i = 0; i < 20; i++) {
      broadcaster.onCommit(['sales', 'incidents'], time.now());
      time.pass(100);
      await new Promise((resolve) => setImmediate(resolve));
    }
    broadcaster.stop();
    expect(new Set(reads)).toEqual(new Set(['incidents']));
    expect(new Set(sent)).toEqual(new Set(['incidents']));
    expect(sent.length).toBeGreaterThan(5);
  });

  it('a store that is away raises a problem and the value follows when it is back', async () => {
    const rig = await watched();
    rig.nextRead = () => ({ ms: 0, fails: true });
    rig.commit('sales');
    await rig.pass(1_500);
    expect(rig.patches).toEqual([]);
    expect(rig.problems.list()).toEqual(['store_unavailable']);
    rig.nextRead = () => ({ ms: 0, fails: false });
    await rig.pass(1_500);
    expect(rig.patches).toMatchObject([{ groups: { today: 1 } }]);
    expect(rig.problems.list()).toEqual([]);
  });

  it('a snapshot that cannot be made is refused as unavailable', async () => {
    const rig = broadcasterRig();
    rig.nextRead = () => ({ ms: 0, fails: true });
    await expect(rig.broadcaster.snapshot('overview')).rejects.toBeInstanceOf(Unavailable);
  });
});

describe('[S4] the last value always arrives, whatever happens between', () => {
  const seeds = [...Array.from({ length: 40 }, (_, i) => i + 1), Math.floor(Math.random() * 1e9)];
  it.each(seeds)('seed %i', async (seed) => {
    const draw = seededRandom(seed).next;
    const rig = broadcasterRig();
    rig.nextRead = () => ({ ms: draw() < 0.5 ? 0 : Math.floor(draw() * 400), fails: draw() < 0.1 });
    const joining: Promise<unknown>[] = [];
    for (let i = 0; i < 150; i++) {
      const dice = draw();
      if (dice < 0.55) rig.commit(...parts.filter(() => draw() < 0.4));
      else if (dice < 0.6) joining.push(rig.join());
      else if (dice < 0.63) rig.screens.forEach((screen) => draw() < 0.5 && rig.screens.delete(screen));
      else await rig.pass(Math.floor(draw() * 150));
    }
    joining.push(rig.join());
    rig.nextRead = () => ({ ms: 0, fails: false });
    await rig.pass(5_000);
    await Promise.all(joining);

    expect(rig.mostReads).toBe(1);
    expect(rig.screens.size).toBeGreaterThan(0);
    for (const screen of rig.screens) {
      expect(screen.gaps).toBe(0);
      expect(screen.state).toEqual(rig.truth);
    }
    for (const patch of rig.patches) expect(patch.oldestAt).toBeLessThanOrEqual(patch.sentAt);
  });
});
