/**
 * The line on a store of its own, without a log in front: events in, committed state
 * out. The parts are the real ones; only the clock is set by the test.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type SqliteStore } from '../../server/adapters/sqlite/open/open-store.ts';
import { encodeUtf8 } from '../../server/adapters/system/bytes.ts';
import { createCalendar, type Calendar } from '../../server/domain/time/calendar.ts';
import type { Consumed } from '../../server/pipeline/ingest/consume-chunk.ts';
import { consumeUnits } from '../../server/pipeline/ingest/consume-units.ts';
import { createCommit, type AppendedRows, type Commit } from '../../server/pipeline/ports/commit.ts';
import type { ClockPort } from '../../server/pipeline/ports/clock.ts';
import { createRunningSums, type RunningSums } from '../../server/pipeline/push/running-sums.ts';
import { consumeParts } from './consume-parts.ts';
import { createMemoryLedger, type MemoryLedger } from './memory-ledger.ts';
import { openThreadlessStore } from './threadless-store.ts';
import type { EventData, EventType } from '../../shared/events/registry.ts';

const TOPIC = 'sales';
const BATCH = 1_000;

export interface Line {
  readonly store: SqliteStore;
  /** Where the store's files lie. */
  readonly folder: string;
  /** Fed by every commit. */
  readonly ledger: MemoryLedger;
  readonly sums: RunningSums;
  readonly commit: Commit;
  readonly calendar: Calendar;
  readonly clock: ClockPort;
  /** Sets the clock, UTC ms or RFC 3339. */
  at(instant: number | string): void;
  /** CloudEvents as objects or as the text of one each. */
  ingest(events: readonly (object | string)[]): Promise<Consumed['counts']>;
  close(): Promise<void>;
}

/**
 * The store works on the calling thread: threads, lock and synced commits of its own take most of the time of a test, and have
 * tests of theirs. `threads: true` opens it as a server does.
 */
export async function openLine(options: {
  now: string;
  timeZone?: string;
  threads?: boolean;
  onAppended?: (appended: AppendedRows | undefined) => void;
}): Promise<Line> {
  const folder = await mkdtemp(join(tmpdir(), 'warroom-line-'));
  let now = Date.parse(options.now);
  const timeZone = options.timeZone ?? 'Asia/Shanghai';
  const calendar = createCalendar(timeZone);
  const clock: ClockPort = { now: () => now, monotonic: () => now };
  const store = options.threads
    ? await openStore({ file: join(folder, 'store.sqlite'), timeZone, newStoreId: randomUUID(), now: () => now })
    : openThreadlessStore({ now: () => now, timeZone, folder });
  const { epoch } = await store.write((tx) => tx.raiseEpoch(TOPIC, 0));
  const ledger = createMemoryLedger(calendar);
  const sums = createRunningSums({ ledger, calendar, clock });
  const commit = createCommit(store, clock, (_touched, _at, appended) => {
    if (appended) ledger.append(appended.position, appended.rows);
    sums.onCommit(appended);
    options.onAppended?.(appended);
  });
  const parts = consumeParts({ commit, calendar, clock });
  let offset = 0;

  async function ingest(events: readonly (object | string)[]): Promise<Consumed['counts']> {
    const total: Record<string, number> = {};
    for (let from = 0; from < events.length; from += BATCH) {
      const records = events.slice(from, from + BATCH).map((event) => ({
        offset: offset++,
        value: encodeUtf8(typeof event === 'string' ? event : JSON.stringify(event)),
        key: null,
        headers: {},
        appendedAt: now,
      }));
      const consumed = await consumeUnits(parts, [{ topic: TOPIC, partition: 0, epoch, records, nextOffset: offset }]);
      for (const { counts } of consumed) for (const [name, count] of Object.entries(counts)) total[name] = (total[name] ?? 0) + count;
    }
    return total as Consumed['counts'];
  }

  return {
    store,
    folder,
    ledger,
    sums,
    commit,
    calendar,
    clock,
    at(instant) {
      now = typeof instant === 'number' ? instant : Date.parse(instant);
    },
    ingest,
    async close() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

let serial = 0;
/** A CloudEvent of a type; `time` with its offset. */
export function event<T extends EventType>(type: T, time: string, data: EventData<T>, source = '/test'): object {
  return { specversion: '1.0', id: `e-${++serial}`, source, type, time, data };
}
