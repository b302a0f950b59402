/**
 * The dispatcher of messages: takes what is due, breaches first, and sends it. Every attempt is a stored row before it
 * begins, so what was under way at a crash is known at the next start and sent again with the same key [N2, N3]. Each
 * second it looks at a few indexed values; with nothing due that is all it does.
 */
import type { ChannelBook, ChannelSender, OutgoingAlert, SendOutcome, StoredChannel } from '../ports/channels.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { Commit } from '../ports/commit.ts';
import { Unavailable } from '../ports/errors.ts';
import type { Logger } from '../ports/logger.ts';
import type { Metrics } from '../ports/metrics.ts';
import { DRY_END, type OutboxHead, type OutboxReads, type OutboxRow } from '../ports/outbox.ts';
import type { Problems } from '../ports/problems.ts';
import type { Timers } from '../ports/timers.ts';
import type { Touched } from '../ports/transaction.ts';
import { alertProblems, problemsOf } from './banner.ts';
import { planDigests, urgenciesToDigest } from './digests.ts';
import { createLane, type Lane } from './lane.ts';
import { dropOvertaken, takeStanding } from './overtaken.ts';
import { endTurns, passAbsent, settle } from './settle.ts';
import { LONGEST_RETRY_AFTER_MS, type Moment } from './turns.ts';

const SCAN_MS = 1_000;
/** Signals that come while it works share the next look, however fast they come. */
const LEAST_REST_MS = 50;
/** What is known of a channel before this process may not reach back further than its quota does. */
const RESTED_MS = 120_000;
/** Messages of the dry end in one transaction. */
const DRY_AT_ONCE = 100;
/** Messages that become digests in one transaction. */
const DIGEST_BATCH = 2_000;
const MEASURE_MS = 15_000;
/** A step of the wall clock this much back lets what waits come forward. */
const SET_BACK_MS = 60_000;
/** A sender promises an answer in ten seconds; one that breaks the promise must not hold a channel. */
const SEND_MS = 20_000;

export interface DispatcherParts {
  readonly commit: Commit;
  readonly reads: OutboxReads;
  readonly sender: ChannelSender;
  readonly book: ChannelBook;
  /** Whole addresses for a message: of the incident's page, and of the page that claims it for the person. */
  readonly links: (row: OutboxRow, now: number) => Pick<OutgoingAlert, 'link' | 'ackLink'>;
  /** Whether there is somebody with a contact on a channel that is there. */
  readonly reachable: () => Promise<boolean>;
  /** How far the wall clock is ahead of what is believed, ms [T8]; null = not known yet. */
  readonly clockAheadMs: () => number | null;
  readonly clock: ClockPort;
  readonly timers: Timers;
  /** In [0, 1). */
  readonly random: () => number;
  readonly problems: Problems;
  readonly metrics: Pick<Metrics, 'messageAttempt' | 'messagesWaiting' | 'messagesDead' | 'oldestMessage'>;
  readonly logger: Logger;
}

export interface Dispatcher {
  /** Resolves after `stop`; rejects on a bug. Infrastructure faults are retried for ever. */
  run(): Promise<void>;
  /** Something was committed that may owe messages. */
  onCommit(touched: readonly Touched[]): void;
  /** Resolves when the sends under way are settled, or after a short grace; a start finds what was left. */
  stop(): Promise<void>;
}

const STOP_GRACE_MS = 3_000;
const dryEnd: SendOutcome = { ok: true, status: null, said: 'dry end' };
const brokeDown: SendOutcome = { ok: false, permanent: false, status: null, said: 'no answer from the sender' };

export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const { commit, reads, sender, book, clock, timers, problems, metrics, logger } = parts;
  /** Of each channel, with what it was made for: a channel that was set up differently gets a new lane. */
  const lanes = new Map<string, { readonly made: string; readonly lane: Lane }>();
  const underWay = new Map<number, Promise<void>>();
  const failed = Promise.withResolvers<void>();
  failed.promise.catch(() => undefined);
  let stopping = false;
  let signalled = false;
  let wake = (): void => undefined;
  let running: Promise<void> | null = null;
  let measuredAt = -Infinity;
  let seen: { readonly now: number; readonly monotonic: number } | null = null;

  const time = () => ({ now: clock.now(), monotonic: clock.monotonic() });
  const moment = (): Moment => {
    const now = clock.now();
    // Before the clock was looked at, nothing is old enough to be given up.
    return { now, trusted: now - (parts.clockAheadMs() ?? Infinity), random: parts.random() };
  };

  async function laneOf({ id, kind, options }: StoredChannel): Promise<Lane> {
    const made = JSON.stringify([kind, options]);
    const known = lanes.get(id);
    if (known?.made === made) return known.lane;
    const now = time();
    const before = await reads.outboxChannel(id, now.now);
    const rested = before.lastAttemptAt === null || before.lastAttemptAt < now.now - RESTED_MS;
    const lane = createLane({ kind, quota: sender.quotaOf(kind, options), time: now, rested, retryAt: before.retryAt });
    lanes.set(id, { made, lane });
    return lane;
  }

  async function compose(row: OutboxRow): Promise<OutgoingAlert> {
    const now = clock.now();
    const held = row.isDigest ? await commit((tx) => tx.heldBy(row.id)) : [];
    return {
      ...{ idempotencyKey: row.key, incidentId: row.incidentId, now, person: row.person },
      content: row.isDigest ? { ...row.content, title: String(held.length) } : row.content,
      ...parts.links(row, now),
      address: row.address === '' ? null : row.address,
      ...(row.isDigest && { items: held.map(({ content }) => content) }),
    };
  }

  async function ask(channel: StoredChannel, alert: OutgoingAlert): Promise<SendOutcome> {
    const overdue = Promise.withResolvers<SendOutcome>();
    const cancel = timers.after(SEND_MS, () => overdue.resolve(brokeDown));
    try {
      return await Promise.race([sender.send(channel, alert), overdue.promise]);
    } catch (error) {
      logger.error({ channel: channel.id, error }, 'a sender failed instead of answering');
      return brokeDown;
    } finally {
      cancel();
    }
  }

  /** Writes an outcome down, for as long as it takes: a message that left must not leave again for want of a disk. */
  async function writeDown(row: OutboxRow, outcome: SendOutcome, reopened: boolean): Promise<void> {
    while (true) {
      try {
        const after = await commit(async (tx) => {
          const standing = await settle(tx, row, outcome, moment());
          if (reopened) await tx.wakeChannel(row.channel, clock.now());
          return standing;
        });
        problems.clear('store_unavailable', 'message outcomes');
        if (after.state === 'dead')
          logger.error({ message: row.key, channel: row.channel, reason: after.reason }, 'a message is a dead letter');
        return;
      } catch (error) {
        if (stopping || !(error instanceof Unavailable)) throw error;
        problems.raise('store_unavailable', 'message outcomes');
        await pause(SCAN_MS);
      }
    }
  }

  async function deliver(row: OutboxRow, channel: StoredChannel | null, lane: Lane | null): Promise<void> {
    const outcome = channel === null ? dryEnd : await ask(channel, await compose(row));
    const reopened = lane?.end(time(), outcome, parts.random()) ?? false;
    metrics.messageAttempt(row.channel, outcome.ok ? 'delivered' : outcome.permanent ? 'refused' : 'failed');
    if (!outcome.ok) logger.warn({ message: row.key, channel: row.channel, said: outcome.said }, 'a message was not delivered');
    await writeDown(row, outcome, reopened);
    signal();
  }

  function start(row: OutboxRow, channel: StoredChannel | null, lane: Lane | null): void {
    const sending = deliver(row, channel, lane)
      .catch((error: unknown) => {
        // What was not written down is found as cut off at the next start.
        if (!stopping) failed.reject(error);
      })
      .finally(() => underWay.delete(row.id));
    underWay.set(row.id, sending);
  }

  /** Takes and begins what the channel may send now; resolves to how long what is left has to wait at least, ms. */
  async function serve(channel: StoredChannel): Promise<number> {
    const lane = await laneOf(channel);
    await digest(channel, lane);
    const free = lane.free(time());
    if (free === 0) return lane.waitMs(time());
    const taken = await commit((tx) => takeStanding(tx, channel.id, clock.now(), free));
    lane.begin(time(), taken.length);
    for (const row of taken) start(row, channel, lane);
    return taken.length < free ? SCAN_MS : lane.waitMs(time());
  }

  async function digest(channel: StoredChannel, lane: Lane): Promise<void> {
    const backlog = await reads.outboxBacklog(channel.id, lane.minute + 1);
    for (const urgency of urgenciesToDigest(backlog, lane.minute)) {
      for (let more = true; more && !stopping;) {
        more = await commit(async (tx) => {
          const rows = await tx.waitingMessages(channel.id, urgency, DIGEST_BATCH);
          const about = { now: clock.now(), perPerson: channel.kind === 'push' };
          const standing = await dropOvertaken(tx, rows, about.now);
          const digests = planDigests(standing, (items) => sender.fits(channel, items), about);
          for (const one of digests) await tx.putDigest(one.message, one.standing, one.held);
          return rows.length === DIGEST_BATCH && (digests.length > 0 || standing.length < rows.length);
        });
      }
    }
  }

  async function dry(): Promise<void> {
    const taken = await commit((tx) => tx.takeMessages(DRY_END, clock.now(), DRY_AT_ONCE));
    for (const row of taken) start(row, null, null);
  }

  async function tell(head: OutboxHead, now: number): Promise<void> {
    const current: readonly string[] = problemsOf(head, await parts.reachable(), now);
    for (const code of alertProblems) {
      if (current.includes(code)) problems.raise(code, 'alerts');
      else problems.clear(code, 'alerts');
    }
    metrics.oldestMessage(head.undeliveredSince === null ? 0 : Math.max(0, now - head.undeliveredSince));
    if (clock.monotonic() - measuredAt < MEASURE_MS) return;
    measuredAt = clock.monotonic();
    const { waiting, dead } = await reads.outboxSizes();
    metrics.messagesWaiting(waiting);
    metrics.messagesDead(dead);
  }

  /** After the wall clock was set back, what was to wait until a moment of the wrong clock is due within the longest pause. */
  async function bringForward(): Promise<void> {
    const now = time();
    const expected = seen === null ? now.now : seen.now + (now.monotonic - seen.monotonic);
    if (seen === null || now.now < expected - SET_BACK_MS) await commit((tx) => tx.bringForward(now.now, LONGEST_RETRY_AFTER_MS));
    seen = now;
  }

  /** One look; resolves to how long to rest behind it, ms. */
  async function pass(): Promise<number> {
    await bringForward();
    const head = await reads.outboxHead();
    const now = clock.now();
    await tell(head, now);
    if (head.nextTurnEnd !== null && head.nextTurnEnd <= now) while ((await commit((tx) => endTurns(tx, clock.now()))) > 0);
    if (head.nextAt === null || head.nextAt > now) return SCAN_MS;
    let restMs = SCAN_MS;
    const channels = new Map((await book.all()).filter(({ enabled }) => enabled).map((channel) => [channel.id, channel]));
    for (const name of head.channels) {
      const channel = channels.get(name);
      if (name === DRY_END) await dry();
      else if (channel) restMs = Math.min(restMs, await serve(channel));
      else while ((await commit((tx) => passAbsent(tx, name, moment(), (id) => channels.has(id)))) > 0);
    }
    return restMs;
  }

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      timers.after(ms, resolve);
    });
  /** Until the next look, or until something is signalled. */
  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = timers.after(Math.max(ms, LEAST_REST_MS), resolve);
      if (ms <= LEAST_REST_MS) return;
      wake = () => {
        cancel();
        resolve();
      };
    });
  function signal(): void {
    signalled = true;
    wake();
    wake = () => undefined;
  }

  async function loop(): Promise<void> {
    for (let resumed = false; !stopping;) {
      let restMs = SCAN_MS;
      try {
        if (!resumed) {
          const count = await commit((tx) => tx.resumeMessages(clock.now(), [...underWay.keys()]));
          if (count > 0) logger.info({ count }, 'messages under way at the end of the last process are sent again');
          resumed = true;
        }
        signalled = false;
        restMs = await pass();
        problems.clear('store_unavailable', 'alerts');
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
        problems.raise('store_unavailable', 'alerts');
        logger.error({ code: error.code, error }, 'messages cannot be read; trying again');
        signalled = false;
        // A commit that failed on its way back may have begun attempts that nobody makes.
        resumed = false;
      }
      if (!stopping) await rest(signalled ? LEAST_REST_MS : restMs);
    }
  }

  return {
    run: () => (running ??= Promise.race([loop(), failed.promise])),
    onCommit(touched) {
      if (touched.includes('incidents')) signal();
    },
    async stop() {
      stopping = true;
      wake();
      // A failure of the loop is `run`'s to report.
      await running?.catch(() => undefined);
      await Promise.race([Promise.all(underWay.values()), pause(STOP_GRACE_MS)]);
    },
  };
}
