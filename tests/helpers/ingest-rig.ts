/** Consumption on the store in memory, for tests that feed it events and compare what is stored. */
import type { LedgerRow } from '../../server/domain/ledger/row.ts';
import { createIngest, type Ingest, type IngestParts } from '../../server/pipeline/ingest/ingest.ts';
import type { LogBatch, LogFeed, LogRecord } from '../../server/pipeline/ports/log.ts';
import { createCommit } from '../../server/pipeline/ports/commit.ts';
import type { Store } from '../../server/pipeline/ports/store.ts';
import type { Touched } from '../../server/pipeline/ports/transaction.ts';
import { consumeParts } from './consume-parts.ts';
import { eventBytes } from './event-generator.ts';
import { openMemoryStore, type MemoryStore } from './memory-store.ts';
import { silentLogger } from './silent-logger.ts';

export const NOW = Date.parse('2026-11-23T04:00:00Z');

export interface IngestRig {
  readonly store: MemoryStore;
  readonly ingest: Ingest;
  /** Everything committed so far, in order. */
  readonly commits: readonly (readonly Touched[])[];
  /** Every row appended to the ledger, in order. */
  readonly ledger: readonly LedgerRow[];
  readonly pauses: readonly { topic: string; reason: string }[];
  clock: number;
  assign(): Promise<void>;
  /** One batch of the single partition; objects are events, bytes are taken as they are, null is a tombstone. */
  feed(items: readonly (object | Uint8Array | null)[]): Promise<void>;
  /** The same records again from an offset, as after a crash. */
  replay(from: number): Promise<void>;
  quarantined(): { code: string; path: string; event_id: string | null; position: string }[];
}

/** A feed of one fetched batch. */
export function feedOf(batch: LogBatch): LogFeed {
  const batches = [batch];
  return {
    batches,
    stored(nextOffset) {
      if (nextOffset >= batch.nextOffset) batches.pop();
      return true;
    },
  };
}

export function createIngestRig(over: Partial<IngestParts> = {}, store: MemoryStore = openMemoryStore(() => NOW)): IngestRig {
  const commits: (readonly Touched[])[] = [];
  const pauses: { topic: string; reason: string }[] = [];
  const records: LogRecord[] = [];
  const ledger: LedgerRow[] = [];
  let epoch = 0;
  const clock = { now: () => rig.clock, monotonic: () => rig.clock };
  const written = over.store ?? (store as unknown as Store);
  const ingest = createIngest({
    ...consumeParts({
      clock,
      commit: createCommit(written, clock, (touched, _at, appended) => {
        commits.push(touched);
        if (appended) ledger.push(...appended.rows);
      }),
    }),
    store: written,
    logger: silentLogger,
    metrics: { events() {}, quarantined() {}, batchCommitted() {}, lag() {} },
    pause: (topic, reason) => pauses.push({ topic, reason }),
    ...over,
  });
  const send = (from: number): Promise<void> =>
    ingest.consume(
      feedOf({
        topic: 'sales',
        partition: 0,
        epoch,
        records: records.slice(from),
        nextOffset: records.length,
        highWatermark: records.length,
      }),
    );
  const rig: IngestRig = {
    store,
    ingest,
    commits,
    ledger,
    pauses,
    clock: NOW,
    async assign() {
      ({ epoch } = await ingest.assign('sales', 0));
    },
    async feed(items) {
      if (epoch === 0) await rig.assign();
      const from = records.length;
      for (const item of items) {
        const value = item === null || item instanceof Uint8Array ? item : eventBytes(item);
        records.push({ offset: records.length, value, key: null, headers: {}, appendedAt: rig.clock });
      }
      await send(from);
    },
    replay: (from) => send(from),
    quarantined: () =>
      store.db.prepare('select code, path, event_id, position from quarantine order by id').all() as ReturnType<IngestRig['quarantined']>,
  };
  return rig;
}
