/** The dispatcher over the real store, with time that moves by hand and a sender that does as the test says. */
import { DatabaseSync } from 'node:sqlite';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDispatcher, type Dispatcher } from '../../../../server/pipeline/outbox/dispatcher.ts';
import type { OutgoingAlert, SendOutcome, StoredChannel } from '../../../../server/pipeline/ports/channels.ts';
import { createCommit, type Commit } from '../../../../server/pipeline/ports/commit.ts';
import type { OutboxMessage } from '../../../../server/pipeline/ports/outbox.ts';
import { createProblems, type Problems } from '../../../../server/pipeline/ports/problems.ts';
import type { Store } from '../../../../server/pipeline/ports/store.ts';
import { ManualTime } from '../../../helpers/manual-time.ts';
import { seededRandom } from '../../../helpers/random.ts';
import { silentLogger } from '../../../helpers/silent-logger.ts';
import { openThreadlessStore, type ThreadlessStore } from '../../../helpers/threadless-store.ts';

/** 2026-11-23T04:44:56Z */
export const T0 = 1_795_409_096_000;
export const ok: SendOutcome = { ok: true, status: 200, said: 'ok' };
export const broken: SendOutcome = { ok: false, permanent: false, status: 500, said: 'HTTP 500' };
export const refused: SendOutcome = { ok: false, permanent: true, status: 404, said: 'HTTP 404' };

export interface Sent {
  readonly at: number;
  readonly monotonic: number;
  readonly channel: string;
  readonly alert: OutgoingAlert;
}
export type Answer = (sent: Sent) => SendOutcome | Promise<SendOutcome>;

export const channelOf = (id: string, over: Partial<StoredChannel> = {}): StoredChannel => ({
  ...{ id, kind: 'wecom', url: 'https://example.test/hook', secret: null, options: {}, enabled: true },
  ...over,
});

function readTable(file: string, sql: string): readonly Record<string, unknown>[] {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    return db.prepare(sql).all();
  } finally {
    db.close();
  }
}

let made = 0;
export function messageOf(over: Partial<OutboxMessage> & { readonly code?: string } = {}): OutboxMessage {
  const { code, ...rest } = over;
  made += 1;
  return {
    ...{ key: `i${made} 1 ladder:0 p1`, incidentId: `i${made}`, step: 'ladder:0', urgency: 'alert', dry: false, createdAt: T0 },
    ...{ person: { id: 'p1', name: '林悦' }, contacts: [{ channel: 'team' }] },
    content: {
      ...{ reason: 'opened', code: code ?? `A${made}`, title: `漏水 ${made}`, brand: '山澜', grade: null, clock: 'response' },
      ...{ dueAt: T0 + 7_200_000, owner: null, why: null, generation: 1 },
    },
    ...rest,
  };
}

export interface OutboxRig {
  readonly time: ManualTime;
  readonly store: ThreadlessStore;
  readonly problems: Problems;
  /** Every attempt, in order. */
  readonly sent: Sent[];
  answer: Answer;
  channels: StoredChannel[];
  /** How many items one message lists. */
  fits: number;
  reachable: boolean;
  clockAheadMs: number;
  /** Wraps the commits of the dispatchers that start from now on. */
  wrap: (commit: Commit) => Commit;
  put(...messages: OutboxMessage[]): Promise<void>;
  start(): Promise<void>;
  /** From now on nothing of the process happens any more; `kill` opens the store again. */
  die(): void;
  /** The process is gone: nothing of it happens any more. The store is opened again. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** Lets fake time pass; everything due is done when it is due. */
  pass(ms: number): Promise<void>;
  quiet(): Promise<void>;
  rows(): readonly Record<string, unknown>[];
  attempts(): readonly Record<string, unknown>[];
  close(): Promise<void>;
}

export async function outboxRig(seed = 1): Promise<OutboxRig> {
  const folder = mkdtempSync(join(tmpdir(), 'outbox-'));
  const time = new ManualTime(T0);
  const problems = createProblems();
  const random = seededRandom(seed);
  const sent: Sent[] = [];
  const open = () => openThreadlessStore({ folder, timeZone: 'Asia/Shanghai', now: () => time.now() });
  let store = open();
  let running: { readonly dispatcher: Dispatcher; readonly life: { over: boolean } } | null = null;
  const never = new Promise<never>(() => undefined);

  const rig: OutboxRig = {
    time,
    problems,
    sent,
    answer: () => ok,
    channels: [channelOf('team')],
    fits: 20,
    reachable: true,
    clockAheadMs: 0,
    wrap: (commit) => commit,
    get store() {
      return store;
    },
    async put(...messages) {
      await store.write((tx) => tx.putOutbox(messages));
    },
    async start() {
      const life = { over: false };
      const here = store;
      // What a killed process would have done next never happens.
      const alive: Pick<Store, 'write'> = { write: (work) => (life.over ? never : here.write(work)) };
      const commit = rig.wrap(createCommit(alive, time, () => undefined));
      const dispatcher = createDispatcher({
        commit: (work) => (life.over ? never : commit(work)),
        reads: here.reads,
        sender: {
          async send(channel, alert) {
            if (life.over) return never;
            const one = { at: time.now(), monotonic: time.monotonic(), channel: channel.id, alert };
            sent.push(one);
            const outcome = await rig.answer(one);
            return life.over ? never : outcome;
          },
          fits: (_, items) => Math.min(items.length, rig.fits),
          quotaOf: (kind) =>
            kind === 'feishu'
              ? { perMinute: 100, perSecond: 5 }
              : kind === 'slack'
                ? { perMinute: 60, perSecond: 1 }
                : { perMinute: kind === 'webhook' ? 1_000 : 20 },
        },
        book: { all: async () => rig.channels },
        links: ({ incidentId }) => ({ link: incidentId === null ? null : `http://war.room/incidents/${incidentId}`, ackLink: null }),
        reachable: async () => rig.reachable,
        clockAheadMs: () => rig.clockAheadMs,
        clock: time,
        timers: { after: (ms, run) => time.after(ms, () => !life.over && run()) },
        random: () => random.next(),
        problems,
        metrics: {
          messageAttempt: () => undefined,
          messagesWaiting: () => undefined,
          messagesDead: () => undefined,
          oldestMessage: () => undefined,
        },
        logger: silentLogger,
      });
      running = { dispatcher, life };
      dispatcher.run().catch((error: unknown) => {
        throw error;
      });
      await rig.quiet();
    },
    die() {
      if (running) running.life.over = true;
    },
    async kill() {
      rig.die();
      running = null;
      await store.close();
      store = open();
    },
    async stop() {
      const stopping = running?.dispatcher.stop();
      running = null;
      await stopping;
    },
    async pass(ms) {
      const end = time.monotonic() + ms;
      while (time.nextAt <= end) {
        time.pass(Math.max(0, time.nextAt - time.monotonic()));
        await rig.quiet();
      }
      time.pass(end - time.monotonic());
      await rig.quiet();
    },
    async quiet() {
      // The store of these tests answers within a few turns of the event loop.
      for (let calm = 0, waiting = -1; calm < 6; calm++) {
        await new Promise((resolve) => setImmediate(resolve));
        if (time.waiting !== waiting) calm = 0;
        waiting = time.waiting;
      }
    },
    rows: () => readTable(store.file, 'select * from outbox order by id'),
    attempts: () => readTable(store.file, 'select * from outbox_attempts order by message_id, number'),
    async close() {
      if (running) running.life.over = true;
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return rig;
}
