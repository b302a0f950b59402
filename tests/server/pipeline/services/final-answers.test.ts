/** Without Kafka the answer of the intake is final: what is accepted and not folded yet counts as known. */
import { afterEach, describe, expect, it } from 'vitest';
import { createMetrics } from '../../../../server/adapters/metrics/registry.ts';
import { systemTimers } from '../../../../server/adapters/system/timers.ts';
import { encodeUtf8 } from '../../../../server/adapters/system/bytes.ts';
import { composeWorkspace, type Workspace } from '../../../../server/compose/workspace.ts';
import { loadConfig } from '../../../../server/config.ts';
import { nodesOf } from '../../../helpers/nodes.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import type { EventIntake } from '../../../../server/pipeline/services/services.ts';
import { createEventIntake } from '../../../../server/pipeline/services/event-intake.ts';
import { createDecoder } from '../../../../server/pipeline/decode/decode.ts';
import { createCommit } from '../../../../server/pipeline/ports/commit.ts';
import { decodeUtf8 } from '../../../../server/adapters/system/bytes.ts';
import { sha256 } from '../../../../server/adapters/system/hash.ts';
import { seededRandom } from '../../../helpers/random.ts';
import { testSeed } from '../../../helpers/seed.ts';
import { silentLogger } from '../../../helpers/silent-logger.ts';
import { openStoreLedger } from '../../../helpers/store-ledger.ts';
import { openThreadlessStore, removeStore, type ThreadlessStore } from '../../../helpers/threadless-store.ts';

const NOW = Date.parse('2026-11-23T04:00:00Z');
const clock = { now: () => NOW, monotonic: () => performance.now() };
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

function openStore(): ThreadlessStore {
  const store = openThreadlessStore({ now: clock.now, timeZone: 'Asia/Shanghai' });
  open.push(async () => removeStore(store));
  return store;
}
function compose(store: ThreadlessStore): Workspace {
  const config = loadConfig({ DEMO: 'off' });
  if ('error' in config) throw new Error(config.error);
  return composeWorkspace(
    {
      ...{ config, clock, timers: systemTimers, logger: silentLogger, build: 'test' },
      calendar: createCalendar(config.timeZone),
      nodesOf,
      metrics: createMetrics({ defaults: false, keepMs: 0 }),
      machine: { uptime: clock.monotonic, boot: 'boot' },
      createKafkaLog: null,
      openLedger: openStoreLedger,
      secretKeys: () => [Buffer.alloc(32, 7)],
    },
    store,
    false,
  );
}
const fold = (workspace: Workspace): void => {
  workspace
    .run({ publish: () => undefined, watched: () => false, beat: () => undefined, welcome: () => undefined, tell: () => undefined })
    .catch((error: unknown) => {
      throw error;
    });
};

interface Event {
  readonly type: 'sales.order.paid' | 'sales.order.cancelled' | 'competitor.move';
  readonly entity: string;
  readonly version: number;
  readonly content: number;
}
let serial = 0;
function bytesOf({ type, entity, version, content }: Event): Uint8Array {
  const line = { sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount: 100 + content };
  const data =
    type === 'sales.order.paid'
      ? { orderId: entity, version, buyerId: 'B', channel: '天猫', region: '华东', lines: [line] }
      : type === 'sales.order.cancelled'
        ? { orderId: entity, version, reason: `because ${content}` }
        : { moveId: entity, version, competitor: '铂域', kind: 'price', title: `A8 ${content}`, impact: 'high' };
  const id = `e-${++serial}`;
  return encodeUtf8(JSON.stringify({ specversion: '1.0', id, source: '/shop', type, time: '2026-11-23T10:00:00+08:00', data }));
}

/** What the contract says, in four lines: one number of an entity is one content, and the first to come stays. */
function model() {
  const known = new Map<string, string>();
  return (event: Event): string => {
    const name = `${event.type.startsWith('sales') ? 'order' : 'move'} ${event.entity} ${event.version}`;
    const content = `${event.type} ${event.content}`;
    if (!known.has(name)) known.set(name, content);
    else return known.get(name) === content ? 'duplicate' : 'id_conflict';
    return 'accepted';
  };
}

describe('answers without Kafka', () => {
  it('[I4] [I11] equal a model’s for hostile deliveries, whatever is folded meanwhile and however often the process starts anew', async () => {
    const { below, pick } = seededRandom(testSeed('final answers'));
    const answerOf = model();
    let store = openStore();
    const outcomes = new Set<string>();
    for (let life = 0; life < 3; life++) {
      // Of the first life nothing is folded: the next begins with all of it in the log.
      const workspace = compose(store);
      if (life > 0) fold(workspace);
      for (let round = 0; round < 40; round++) {
        const batches = Array.from({ length: 1 + below(4) }, () =>
          Array.from({ length: 1 + below(12) }, (): Event => ({
            type: pick(['sales.order.paid', 'sales.order.cancelled', 'competitor.move'] as const),
            entity: `${below(40 * (life + 1))}`,
            version: 1 + below(3),
            content: below(2),
          })),
        );
        const expected = batches.map((batch) => batch.map(answerOf));
        const answers = await Promise.all(
          batches.map((batch, i) =>
            workspace.services.intake.submit(batch.map(bytesOf), { id: `r${life}-${round}-${i}`, receivedAt: NOW }),
          ),
        );
        expect(answers.map((batch) => batch.map((one) => one.code ?? one.outcome))).toEqual(expected);
        for (const outcome of expected.flat()) outcomes.add(outcome);
        if (below(3) === 0) await new Promise((resolve) => setTimeout(resolve, below(20)));
      }
      if (life === 0) continue;
      await workspace.stop();
      store = openThreadlessStore({ now: clock.now, timeZone: 'Asia/Shanghai', folder: store.folder });
    }
    await store.close();
    expect(outcomes).toEqual(new Set(['accepted', 'duplicate', 'id_conflict']));
  });
});

describe('[I13] what waits to be folded is bounded', () => {
  const intakeOn = (store: ThreadlessStore, maxUnfolded: number): EventIntake =>
    createEventIntake({
      ...{ store, sha256, encodeUtf8, maxUnfolded, tail: store.log },
      commit: createCommit(store, clock, () => undefined),
      producer: { append: (records) => store.log.append(records, NOW) },
      decode: createDecoder({ currency: 'CNY', decodeUtf8 }),
      yieldIfDue: () => undefined,
      metrics: { events: () => undefined, quarantined: () => undefined },
    });
  const moves = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => bytesOf({ type: 'competitor.move', entity: `m${from + i}`, version: 1, content: 0 }));
  const submit = (intake: EventIntake, items: readonly Uint8Array[]) => intake.submit(items, { id: `r${++serial}`, receivedAt: NOW });

  it('a request beyond the bound is refused whole, its neighbours in the same append are not, and consumption makes room', async () => {
    const store = openStore();
    const intake = intakeOn(store, 10);
    const [a, b, c] = await Promise.allSettled([submit(intake, moves(0, 6)), submit(intake, moves(100, 6)), submit(intake, moves(200, 4))]);
    expect([a?.status, b?.status, c?.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(b?.status === 'rejected' && b.reason instanceof Unavailable && b.reason.code).toBe('overloaded');
    expect(await store.log.end('competitors')).toBe(10);
    await expect(submit(intake, moves(300, 1))).rejects.toThrow(Unavailable);
    // Nothing of the refused request is remembered: once there is room it is news.
    const { epoch } = await store.write((tx) => tx.raiseEpoch('competitors', 0));
    await store.write((tx) => tx.advanceOffset({ topic: 'competitors', partition: 0, epoch, nextOffset: 7 }));
    expect((await submit(intake, moves(100, 6))).map(({ outcome }) => outcome)).toEqual(Array(6).fill('accepted'));
    await store.close();
  });
});
