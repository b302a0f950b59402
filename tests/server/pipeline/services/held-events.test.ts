/** Events that a clock that was behind held back are taken up once it is right, through whatever fails meanwhile [T8] [IC29]. */
import { afterEach, expect, it } from 'vitest';
import type { HeldEpoch } from '../../../../server/domain/incidents/held-epochs.ts';
import { createCommit, type Commit } from '../../../../server/pipeline/ports/commit.ts';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import { createHeldEvents } from '../../../../server/pipeline/services/held-events.ts';
import { ManualTime } from '../../../helpers/manual-time.ts';
import { silentLogger } from '../../../helpers/silent-logger.ts';
import { openThreadlessStore, removeStore, type ThreadlessStore } from '../../../helpers/threadless-store.ts';
import { eventually } from '../../../helpers/war-room.ts';

const WRONG = Date.parse('2026-11-20T04:00:00Z');
const LATER = 3 * 86_400_000;
const TOLERANCE = 120_000;
const text = new TextEncoder();

let store: ThreadlessStore;
let end: () => Promise<void> = () => Promise.resolve();
afterEach(async () => {
  await end();
  await store.close();
  removeStore(store);
});

interface RigOptions {
  readonly code?: 'future_dated' | 'bad_time';
  /** How many commits fail. */
  readonly fails?: number;
  /** Whether only a part of each record was kept. */
  readonly cut?: boolean;
}
/** Quarantines one record for each of these, dated so many ms behind its receipt by the wrong clock, and takes up what the epochs say. */
async function rig(datedAhead: readonly number[], { code = 'future_dated', fails = 0, cut = false }: RigOptions = {}) {
  store = openThreadlessStore({ now: () => WRONG, timeZone: 'UTC' });
  await store.write((tx) =>
    tx.quarantine(
      datedAhead.map((ahead, i) => {
        const raw = text.encode(String(WRONG + ahead));
        return {
          ...{ rejection: { code, path: 'time', message: 'x' }, raw, length: cut ? 70_000 : raw.length },
          ...{ sha256: '', position: `p${i}`, topic: 'sales', eventId: null, eventType: null, source: null, receivedAt: WRONG },
        };
      }),
    ),
  );
  const time = new ManualTime(WRONG + LATER + 3_600_000);
  const taken: string[] = [];
  const right = createCommit(store, time, () => undefined);
  let failing = fails;
  const commit: Commit = (work) => {
    if (failing === 0) return right(work);
    failing--;
    return Promise.reject(new Unavailable('disk_full', 'planted'));
  };
  let epochs: readonly HeldEpoch[] = [];
  const held = createHeldEvents({
    ...{ reads: store.reads, commit, clock: time, timers: time, epochs: () => epochs, logger: silentLogger },
    intake: {
      async resubmit(item, { receivedAt }) {
        const at = new TextDecoder().decode(item);
        const outcome = Number(at) > receivedAt + TOLERANCE ? 'quarantined' : taken.includes(at) ? 'duplicate' : 'accepted';
        if (outcome === 'accepted') taken.push(at);
        return { index: 0, id: at, outcome };
      },
    },
  });
  const running = held.run();
  end = async () => {
    await held.stop();
    await running;
  };
  const rows = async () => (await store.reads.quarantine({ limit: 500 })).rows.map(({ state, closedReason }) => closedReason ?? state);
  /** Looks until the rows are as expected. */
  const settle = (expected: readonly string[]) =>
    eventually(
      'the rows',
      async () => {
        time.pass(1_000);
        return JSON.stringify(await rows()) === JSON.stringify(expected) ? true : undefined;
      },
      20_000,
    );
  return { taken, rows, settle, set: (next: readonly HeldEpoch[]) => (epochs = next) };
}

it('[IC29] takes up what is no more than two minutes ahead by the right clock, and leaves the rest to a person', async () => {
  const { set, settle, taken } = await rig([LATER, LATER + TOLERANCE, LATER + TOLERANCE + 1]);
  set([{ after: 0, upTo: 3, laterMs: LATER }]);
  await settle(['open', 'accepted', 'accepted']);
  expect(taken).toHaveLength(2);
});

it('[IC29] leaves alone what came under another clock, was refused for another reason, or was kept in part', async () => {
  const { set, settle } = await rig([LATER, LATER, LATER]);
  set([
    { after: 0, upTo: 1, laterMs: 0 },
    { after: 1, upTo: 2, laterMs: LATER },
  ]);
  await settle(['open', 'accepted', 'open']);
  await end();
  const others: readonly RigOptions[] = [{ code: 'bad_time' }, { cut: true }];
  for (const other of others) {
    await store.close();
    removeStore(store);
    const { set: setOther, rows, taken } = await rig([LATER], other);
    setOther([{ after: 0, upTo: 1, laterMs: LATER }]);
    await end();
    expect([await rows(), taken]).toEqual([['open'], []]);
  }
});

it('[IC29] a commit that fails behind the sending doubles nothing: what is sent again is a duplicate', async () => {
  const dated = Array.from({ length: 120 }, (_, i) => LATER + i);
  const { set, settle, taken } = await rig(dated, { fails: 1 });
  set([{ after: 0, upTo: 120, laterMs: LATER }]);
  await settle(dated.map((_, i) => (i < 70 ? 'accepted' : 'duplicate')));
  expect(new Set(taken).size).toBe(120);
  expect(taken).toHaveLength(120);
});
