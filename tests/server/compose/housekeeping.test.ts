import { expect, it } from 'vitest';
import { createHousekeeping } from '../../../server/compose/housekeeping.ts';
import { createMetrics } from '../../../server/adapters/metrics/registry.ts';
import { Unavailable } from '../../../server/pipeline/ports/errors.ts';
import { ManualTime } from '../../helpers/manual-time.ts';
import { silentLogger } from '../../helpers/silent-logger.ts';

const NOW = 1_795_409_096_000;
const HOUR = 3_600_000;

it('[I1] deletes what was moved an hour ago and raw bytes after 90 days, every minute, and measures what is left', async () => {
  const time = new ManualTime(NOW);
  const metrics = createMetrics({ defaults: false, keepMs: 0 });
  const calls: unknown[] = [];
  let away = false;
  let unread = false;
  let doubtMs = 0;
  const housekeeping = createHousekeeping(
    { clock: time, timers: time, logger: silentLogger, metrics },
    {
      earliestNow: () => (unread ? null : time.now() - doubtMs),
      movedTo: () => 41,
      ledgerFiles: [import.meta.filename, `${import.meta.filename}.none`],
      store: {
        async dropRawBefore(receivedAt) {
          if (away) throw new Unavailable('disk_full', 'planted');
          calls.push(['raw', NOW - receivedAt]);
          return 0;
        },
        async dropMessagesBefore(at) {
          calls.push(['messages', NOW - at]);
          return 0;
        },
        async dropHeartbeatsBefore(at) {
          calls.push(['heartbeats', NOW - at]);
          return 0;
        },
        async dropLedgerBlocks(upTo, writtenBefore) {
          calls.push(['blocks', upTo, NOW - writtenBefore]);
          return 3;
        },
        fileSizes: () => ({ '': 700, '-wal': 80 }),
        reads: { ledgerBytes: async () => 60 },
      },
    },
  );
  const ended = housekeeping.run();
  const minute = async (): Promise<void> => {
    await expect.poll(() => time.waiting).toBe(1);
    time.pass(60_000);
  };
  await minute();
  away = true;
  await minute();
  away = false;
  await minute();
  await expect.poll(() => time.waiting).toBe(1);
  const all = calls.splice(0);
  // A clock that may be three days ahead makes nothing old enough; one that nobody has read deletes nothing by age.
  doubtMs = 72 * HOUR;
  await minute();
  unread = true;
  await minute();
  await expect.poll(() => time.waiting).toBe(1);
  await housekeeping.stop();
  await ended;
  const [first, third] = [60_000, 180_000];
  expect(calls).toEqual([
    ['raw', 90 * 24 * HOUR + doubtMs - 240_000],
    ['messages', 90 * 24 * HOUR + doubtMs - 240_000],
    ['heartbeats', 48 * HOUR + doubtMs - 240_000],
    ['blocks', 41, HOUR - 240_000],
    ['blocks', 41, HOUR - 300_000],
  ]);
  expect(all).toEqual([
    ['raw', 90 * 24 * HOUR - first],
    ['messages', 90 * 24 * HOUR - first],
    ['heartbeats', 2 * 24 * HOUR - first],
    ['blocks', 41, HOUR - first],
    ['raw', 90 * 24 * HOUR - third],
    ['messages', 90 * 24 * HOUR - third],
    ['heartbeats', 2 * 24 * HOUR - third],
    ['blocks', 41, HOUR - third],
  ]);
  const { text } = await metrics.exposition();
  for (const line of ['store"} 700', 'store_log"} 80', 'ledger_blocks"} 60']) expect(text).toContain(`warroom_disk_bytes{what="${line}`);
  expect(text).toMatch(/what="ledger"\} [1-9]/);
  metrics.stop();
});
