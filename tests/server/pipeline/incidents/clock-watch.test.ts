/** What the watch of our own clock keeps of receipts: the epochs they are read by, and the time they are stamped with [T8]. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ClockEpochs } from '../../../../server/domain/incidents/clock-epochs.ts';
import { createClockWatch, type ClockWatch } from '../../../../server/pipeline/incidents/clock-watch.ts';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import type { Commit } from '../../../../server/pipeline/ports/commit.ts';
import { createProblems } from '../../../../server/pipeline/ports/problems.ts';
import type { LedgerRow } from '../../../../server/domain/ledger/row.ts';
import { silentLogger } from '../../../helpers/silent-logger.ts';
import { calendar, incidentRig, T0, type Rig } from './incident-rig.ts';

const hour = 3_600_000;
const STEP = 72 * hour;
const row: LedgerRow = {
  ...{ family: 'sales', kind: 'order', entity: 'o1', at: T0, since: T0, received: T0, cause: 'new' },
  dims: ['天猫', '华东', null, '咖啡机', 'true', 'B', 'B'],
  measures: [100, 0, 0, 1, 1, 1, 1, 0, 0, 0],
};

let rig: Rig;
let watch: ClockWatch;
let renewed: number[];
beforeEach(async () => {
  rig = await incidentRig();
  renewed = [];
  watch = watching(rig.committing());
});
afterEach(() => rig.close());

function watching(commit: Commit): ClockWatch {
  const machine = { uptime: () => rig.time.monotonic(), boot: 'boot' };
  const about = { calendar, problems: createProblems(), logger: silentLogger };
  return createClockWatch({ commit, clock: rig.time, machine, ...about, onReceiptsCorrected: (position) => renewed.push(position) });
}
async function pass(ms: number): Promise<void> {
  rig.time.pass(ms);
  await watch.read();
}
async function kept(): Promise<ClockEpochs> {
  const text = await rig.store.write((tx) => tx.clockEpochs());
  const epochs: ClockEpochs = JSON.parse(text ?? '');
  return epochs;
}
const shifts = async () => (await kept()).epochs.map(({ shiftMs }) => shiftMs);

it('[T8] [IC28] until a step is noticed, receipts follow elapsed time, and nothing is stamped before the first look', async () => {
  expect(() => watch.receipts.epoch()).toThrow(Unavailable);
  await watch.read();
  rig.time.pass(1_000);
  rig.time.step(STEP);
  expect([watch.receipts.now(), watch.receipts.epoch()]).toEqual([T0 + 1_000, 0]);
  await watch.read();
  expect([watch.receipts.now(), watch.receipts.epoch()]).toEqual([T0 + STEP + 1_000, 1]);
  rig.time.step(5_000);
  expect(watch.receipts.now()).toBe(rig.time.now());
});

it('[IC28] the ledger is made anew where rows were received under the wrong clock, once, and not where none were', async () => {
  await watch.read();
  rig.time.step(STEP);
  await pass(1_000);
  rig.time.step(-STEP);
  await pass(1_000);
  expect([await shifts(), renewed]).toEqual([[0, -STEP, 0], []]);
  await rig.store.write((tx) => tx.appendLedger([row]));
  rig.time.step(STEP);
  await pass(1_000);
  rig.time.step(-STEP);
  await pass(1_000);
  await pass(1_000);
  await rig.restart();
  watch = watching(rig.committing());
  await pass(1_000);
  expect([await shifts(), renewed]).toEqual([[0, -STEP, 0, -STEP, 0], [2]]);
});

it.each([
  ['ahead', STEP],
  ['behind', -STEP],
])('[T8] three days %s: a correction whose commit is durable although it failed is not made twice', async (_name, wrong) => {
  await watch.read();
  await pass(240 * hour);
  rig.time.step(wrong);
  await pass(hour);
  let fails = true;
  const commit = rig.committing();
  watch = watching(async (work) => {
    const done = await commit(work);
    if (!fails) return done;
    fails = false;
    throw new Unavailable('disk_full', 'planted');
  });
  fails = false;
  await watch.read();
  fails = true;
  rig.time.step(-wrong);
  rig.time.pass(1_000);
  await expect(watch.read()).rejects.toThrow('planted');
  const once = await shifts();
  expect(once.some((shift) => shift !== 0)).toBe(true);
  await pass(1_000);
  await pass(1_000);
  expect(await shifts()).toEqual(once);
  expect(watch.receipts.epoch()).toBe(once.length - 1);
});

it('[T8] nothing is old by a clock that may be ahead: the earliest it may be is told for a week after a step forward', async () => {
  expect(watch.earliest()).toBeNull();
  await watch.read();
  expect(watch.earliest()).toBe(T0);
  rig.time.step(STEP);
  await pass(hour);
  expect(watch.earliest()).toBe(T0 + hour);
  await pass(2 * hour);
  expect(watch.earliest()).toBe(T0 + 3 * hour);
  await pass(7 * 24 * hour);
  expect(watch.earliest()).toBe(rig.time.now());
});
