import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type SqliteStore } from '../../../../server/adapters/sqlite/open/open-store.ts';
import { decodeUtf8, encodeUtf8 } from '../../../../server/adapters/system/bytes.ts';
import { sha256 } from '../../../../server/adapters/system/hash.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { createDecoder, type Decoded } from '../../../../server/pipeline/decode/decode.ts';
import { createEventIntake, type EventIntakeParts, type ReplayableIntake } from '../../../../server/pipeline/services/event-intake.ts';
import { customersAhead } from '../../../../server/pipeline/fold/customers.ts';
import { openFold } from '../../../../server/pipeline/fold/fold.ts';
import { loadFor } from '../../../../server/pipeline/fold/load.ts';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import type { ClockPort } from '../../../../server/pipeline/ports/clock.ts';
import { refuse } from '../../../../server/pipeline/ports/refusal.ts';
import { createCommit } from '../../../../server/pipeline/ports/commit.ts';
import type { AppendRecord } from '../../../../server/pipeline/ports/log.ts';
import { createQuarantineService } from '../../../../server/pipeline/services/quarantine.ts';
import type { QuarantineService } from '../../../../server/pipeline/services/services.ts';

const NOW = Date.parse('2026-11-23T04:00:00Z');
const decode = createDecoder({ currency: 'CNY', decodeUtf8 });
const move = (id: string, data: object = {}, outer: object = {}): object => ({
  specversion: '1.0',
  id,
  source: '/watch',
  type: 'competitor.move',
  time: '2026-11-23T10:00:00+08:00',
  data: { moveId: id, version: 1, competitor: '铂域', kind: 'price', title: 'A8 降价', impact: 'high', ...data },
  ...outer,
});
const bytes = (...items: readonly (object | string)[]): Uint8Array[] =>
  items.map((item) => encodeUtf8(typeof item === 'string' ? item : JSON.stringify(item)));

/** A log in memory that can be away or slow. */
function testLog() {
  const log = {
    appends: [] as (readonly AppendRecord[])[],
    away: false,
    gate: Promise.resolve(),
    records: () => log.appends.flat(),
    async append(records: readonly AppendRecord[]) {
      await log.gate;
      if (log.away) throw new Unavailable('broker_unreachable', 'no broker');
      log.appends.push(records);
    },
  };
  return log;
}

const noTasks = { begin: () => Promise.reject(new Error('no tasks here')), task: () => refuse(404, 'unknown_task', 'no tasks here') };

describe('event intake', () => {
  const folder = mkdtempSync(join(tmpdir(), 'warroom-intake-'));
  let store: SqliteStore;
  let log: ReturnType<typeof testLog>;
  let intake: ReplayableIntake;
  let quarantine: QuarantineService;
  let request = 0;
  const clock: ClockPort = { now: () => NOW, monotonic: () => 0 };

  beforeAll(async () => {
    store = await openStore({ file: join(folder, 'store.sqlite'), timeZone: 'Asia/Shanghai', newStoreId: 'test', now: () => NOW });
  });
  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const open = (over: Partial<EventIntakeParts> = {}): ReplayableIntake =>
    createEventIntake({
      store,
      commit: createCommit(store, clock, () => undefined),
      producer: log,
      decode,
      tail: store.log,
      encodeUtf8,
      sha256,
      yieldIfDue: () => undefined,
      metrics: { events() {}, quarantined() {} },
      ...over,
    });
  const quarantineAt = (at: ClockPort): QuarantineService =>
    createQuarantineService({
      reads: store.reads,
      commit: createCommit(store, at, () => undefined),
      intake,
      clock: at,
      tasks: noTasks,
    });
  beforeEach(() => {
    log = testLog();
    intake = open();
    quarantine = quarantineAt(clock);
  });
  const submit = (...items: readonly (object | string)[]) => intake.submit(bytes(...items), { id: `r${++request}`, receivedAt: NOW });
  const openRows = async () => (await store.reads.quarantine({ state: 'open', limit: 100 })).rows;
  const fold = (...events: readonly object[]) =>
    store.write(async (tx) => {
      const decoded = bytes(...events).map((one) => decode(one, {}, NOW) as Decoded);
      const fold = openFold(tx, {
        calendar: createCalendar('Asia/Shanghai'),
        threshold: 0.3,
        workspaceSince: 0,
        receivedAt: NOW,
        append: async (rows) => void (await tx.appendLedger(rows)),
        yieldIfDue: () => undefined,
        customersAhead: customersAhead(tx),
      });
      await fold.chunk(decoded, await loadFor(tx, decoded));
      await fold.finish();
    });

  it('[I11] gives every item its own answer, in order, and keeps good ones beside bad ones', async () => {
    const answers = await submit(move('a1'), 'nonsense', move('a2', { impact: 'huge' }), move('a3', {}, { type: 'no.such' }), move('a4'));
    expect(answers).toMatchObject([
      { index: 0, id: 'a1', outcome: 'accepted' },
      { index: 1, id: null, outcome: 'rejected', code: 'not_json' },
      { index: 2, id: 'a2', outcome: 'quarantined', code: 'invalid_data', path: 'data.impact' },
      { index: 3, id: 'a3', outcome: 'quarantined', code: 'unknown_type' },
      { index: 4, id: 'a4', outcome: 'accepted' },
    ]);
    expect(log.records().map((r) => [r.topic, r.key])).toEqual([
      ['competitors', 'a1'],
      ['competitors', 'a4'],
    ]);
    expect((await openRows()).map((row) => [row.code, row.position])).toEqual([
      ['unknown_type', `http r${request}#3`],
      ['invalid_data', `http r${request}#2`],
    ]);
  });

  it('answers an empty batch with nothing', async () => expect(await submit()).toEqual([]));

  it('[I4] knows what the store knows: a repeat is a duplicate, a contradiction is quarantined', async () => {
    await fold(move('b1'));
    const answers = await submit(move('b1', {}, { id: 'again' }), move('b1', { impact: 'low' }), move('b1', { version: 2 }));
    expect(answers.map((a) => [a.outcome, a.code])).toEqual([
      ['duplicate', undefined],
      ['quarantined', 'id_conflict'],
      ['accepted', undefined],
    ]);
    expect(log.records()).toHaveLength(1);
  });

  it('[I4] knows repeats within one request', async () => {
    const answers = await submit(move('c1'), move('c1'), move('c1', { impact: 'low' }));
    expect(answers.map((a) => a.outcome)).toEqual(['accepted', 'duplicate', 'quarantined']);
    expect(log.records()).toHaveLength(1);
  });

  it('with Kafka says accepted and lets consumption find repeats', async () => {
    await fold(move('d1'));
    intake = open({ tail: null });
    expect((await submit(move('d1'), move('d1', { impact: 'low' }))).map((a) => a.outcome)).toEqual(['accepted', 'accepted']);
    expect(log.records()).toHaveLength(2);
  });

  it('[I11] takes nothing while the log is away, not even into quarantine', async () => {
    const before = (await openRows()).length;
    log.away = true;
    await expect(submit(move('e1'), move('e2', { impact: 'huge' }))).rejects.toBeInstanceOf(Unavailable);
    expect(await openRows()).toHaveLength(before);
    log.away = false;
    expect((await submit(move('e1'), move('e2', { impact: 'huge' }))).map((a) => a.outcome)).toEqual(['accepted', 'quarantined']);
  });

  it('lets requests that wait share one append, and answers each with its own', async () => {
    const gate = Promise.withResolvers<void>();
    log.gate = gate.promise;
    const answers = ['f1', 'f2', 'f3', 'f4'].map((id) => submit(move(id), `{"id":"${id}x"`));
    // The first goes alone; what comes while it is under way goes together. Within one turn of the event loop all are queued.
    await new Promise((resolve) => setImmediate(resolve));
    gate.resolve();
    for (const [i, answer] of (await Promise.all(answers)).entries())
      expect(answer).toMatchObject([
        { index: 0, id: `f${i + 1}`, outcome: 'accepted' },
        { index: 1, id: `f${i + 1}x`, outcome: 'rejected' },
      ]);
    expect(log.appends.length).toBeLessThanOrEqual(2);
    expect(log.records()).toHaveLength(4);
  });

  it('keeps one entity together: a refund goes where its order goes', async () => {
    const refund = { refundId: 'R', orderId: 'SO-1', version: 1, amount: 1 };
    await submit({ ...move('g1'), type: 'sales.order.refunded', data: refund });
    expect(log.records().map((r) => r.key)).toEqual(['SO-1']);
  });

  describe('[I9] quarantine', () => {
    const kept = async (item: object) => {
      await submit(item);
      const [row] = await openRows();
      return row?.id ?? 0;
    };

    it('replays through the same intake: taken now, the row is closed; bad again, it stays and no second one appears', async () => {
      const id = await kept(move('h1', {}, { time: new Date(NOW + 600_000).toISOString() }));
      const rows = (await openRows()).length;
      expect(await quarantine.replay(id, '林悦')).toMatchObject({ outcome: 'quarantined', code: 'future_dated' });
      expect(await openRows()).toHaveLength(rows);
      const later = quarantineAt({ now: () => NOW + 900_000, monotonic: () => 0 });
      expect(await later.replay(id, '林悦')).toMatchObject({ outcome: 'accepted', id: 'h1' });
      expect(log.records().map((r) => r.key)).toEqual(['h1']);
      expect((await store.reads.quarantine({ limit: 1, before: id + 1 })).rows).toMatchObject([{ state: 'replayed', closedBy: '林悦' }]);
      expect(await later.replay(id, '林悦')).toMatchObject({ refused: true, status: 409 });
    });

    it('discards with a reason, once', async () => {
      const id = await kept(move('i1', { impact: 'huge' }));
      expect(await quarantine.discard(id, '陈放', '测试数据')).toEqual({ discarded: true });
      expect(await quarantine.discard(id, '陈放', 'again')).toMatchObject({ status: 409 });
      expect(await quarantine.replay(id, '陈放')).toMatchObject({ status: 409 });
      expect(await quarantine.raw(id)).toEqual(bytes(move('i1', { impact: 'huge' }))[0]);
    });

    it('knows no rows but its own', async () => {
      expect(await quarantine.replay(999_999, 'x')).toMatchObject({ status: 404 });
      expect(await quarantine.discard(999_999, 'x', 'y')).toMatchObject({ status: 404 });
    });
  });
});
