/** A ledger that cannot answer keeps back the groups that ask it, and nothing else; screens are told why. */
import { expect, it } from 'vitest';
import type { Screen, BroadcasterRig } from './broadcaster-rig.ts';
import { broadcasterRig } from './broadcaster-rig.ts';

/** Joining lets time pass only where a read takes time. */
async function joined(rig: BroadcasterRig, ms = 5_000): Promise<Screen> {
  let screen: Screen | undefined;
  const joining = rig.join().then((found) => (screen = found));
  for (let waited = 0; waited < ms && !screen; waited += 50) await rig.pass(50);
  return joining;
}

it('[S1] a newcomer gets everything else at once, the reason, and the group by a patch as soon as it is there', async () => {
  const rig = broadcasterRig(700, ['today', 'campaigns']);
  rig.nextRead = (group) => ({ ms: 0, fails: group === 'today' ? 'ledger_behind' : false });
  rig.commit('sales', 'incidents');
  const screen = await joined(rig);
  expect(Object.keys(screen.state ?? {}).sort()).toEqual(['campaigns', 'hours', 'strip']);
  expect(rig.problems.list()).toEqual(['ledger_behind']);
  rig.commit('incidents');
  await rig.pass(150);
  expect(screen.state?.['strip']).toBe(2);
  const second = await joined(rig);
  expect(second.state).toEqual(screen.state);
  rig.nextRead = () => ({ ms: 0, fails: false });
  await rig.pass(1_200);
  expect([screen.state?.['today'], second.state?.['today'], screen.gaps, second.gaps]).toEqual([1, 1, 0, 0]);
  expect(rig.problems.list()).toEqual([]);
});

it('a group that was shown before keeps what it showed', async () => {
  const rig = broadcasterRig(700, ['today']);
  const screen = await joined(rig);
  rig.nextRead = (group) => ({ ms: 0, fails: group === 'today' ? 'ledger_unavailable' : false });
  rig.commit('sales');
  await rig.pass(300);
  expect([screen.state?.['today'], rig.problems.list()]).toEqual([0, ['ledger_unavailable']]);
  expect((await joined(rig)).state).toEqual(screen.state);
});

it('a ledger that does not answer in time delays a snapshot by two seconds and no more', async () => {
  const rig = broadcasterRig(700, ['today']);
  rig.nextRead = (group) => ({ ms: group === 'today' ? 30_000 : 0, fails: false });
  const before = rig.time.monotonic();
  const screen = await joined(rig);
  expect(rig.time.monotonic() - before).toBeLessThanOrEqual(2_100);
  expect(Object.keys(screen.state ?? {}).sort()).toEqual(['campaigns', 'hours', 'strip']);
  await rig.pass(30_000);
  expect(screen.state?.['today']).toBe(0);
});

it('the store being away is no reason to leave a group out, nor is a ledger for a group that does not ask it', async () => {
  for (const fails of [true, 'ledger_timeout'] as const) {
    const rig = broadcasterRig(700, ['today']);
    rig.nextRead = (group) => ({ ms: 0, fails: group === (fails === true ? 'today' : 'strip') ? fails : false });
    await expect(rig.broadcaster.snapshot('overview')).rejects.toMatchObject({ code: 'view_unavailable' });
  }
});
