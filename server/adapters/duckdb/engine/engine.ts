/**
 * Keeps the ledger's file at the newest committed block and answers questions from it. The source is read on the
 * process's main thread, in small turns; questions run on DuckDB's own threads beside it.
 */
import { existsSync } from 'node:fs';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { createCalendar } from '../../../domain/time/calendar.ts';
import { Unavailable } from '../../../pipeline/ports/errors.ts';
import type { LedgerSource } from '../../../pipeline/ports/ledger-source.ts';
import type { LedgerStatus } from '../../../pipeline/ports/ledger.ts';
import type { EngineSettings, Task, TaskAnswer } from '../messages.ts';
import { createCarried, type Carried } from './carried.ts';
import { bytesOf, openDatabase, type Identity, type LedgerDatabase } from './database.ts';
import { faultOf, isDamage, messageOf } from './faults.ts';
import { createGapKeeper, type GapKeeper } from './gap-keeper.ts';
import type { Priority } from './priority.ts';
import { openReaders, TimedOut, type Readers } from './readers.ts';
import { rebuildLedger } from './rebuild.ts';
import { formatOf } from './schema.ts';

/** Rows moved in one go: about 0.1 s of work, and little enough to be garbage before it grows old. */
const BATCH_ROWS = 8_192;
/**
 * Rows of one transaction while more are waiting and nobody asks: two of the groups DuckDB's file is made of. Whole groups are
 * written into the file once; fewer rows go into its log first, and each checkpoint compresses the last group anew, which
 * takes as long as all the rest.
 */
const TRANSACTION_ROWS = 2 * 122_880;
/**
 * While commits come faster than their rows are moved, the line has the processor: a batch that took a second is followed
 * by a rest of nine, unless somebody asks or no commit has come for `QUIET_MS`.
 */
const REST_SHARE = 9;
const REST_MOST_MS = 5_000;
const REST_POLL_MS = 50;
const QUIET_MS = 500;
/**
 * The tables that counts are read from are kept when no backlog has been moved for so long: one that comes in bursts is not over,
 * and making them takes 60 MB for some seconds.
 */
const CALM_MS = 10_000;
/** A store may also be written by a command beside the server, which nobody tells us of. */
const POLL_MS = 2_000;
/** While the ledger is written anew, which takes minutes in a big store, questions wait for no more than the end of it. */
const REBUILD_WAIT_MS = 1_000;

export interface EngineParts {
  readonly source: LedgerSource;
  readonly settings: EngineSettings;
  readonly priority: Priority;
  /** Instead of `CALM_MS`. */
  readonly calmMs?: number;
  readonly onStatus: (status: LedgerStatus) => void;
  readonly log: (level: 'info' | 'warn', message: string) => void;
}

export interface Engine {
  /** Moves rows until stopped. Rejects when it cannot go on. */
  run(): Promise<void>;
  advance(position: number): void;
  /** Rejects with `Unavailable`; anything else is a bug. */
  answer(task: Task, position: number): Promise<TaskAnswer>;
  stop(): void;
}

interface Opened {
  readonly database: LedgerDatabase;
  readonly readers: Readers;
  readonly carried: Carried;
  readonly gaps: GapKeeper;
}

export function createEngine({ source, settings, priority, calmMs = CALM_MS, onStatus, log }: EngineParts): Engine {
  const calendar = createCalendar(source.timeZone);
  const identity: Identity = { storeId: source.storeId, format: formatOf(source.timeZone) };
  let opened: Opened | undefined;
  let position = 0;
  let head = 0;
  /** The newest block appended, and the rows behind `position` that are appended and not committed. */
  let appended = 0;
  let uncommitted = 0;
  let progress: { readonly done: number; readonly total: number } | undefined;
  /** Why the file must be written anew; undefined while it is good. */
  let unfit: string | undefined = settings.fresh ? 'the process ended several times with it' : undefined;
  let stopped = false;
  let wake = (): void => undefined;
  let arrivals: (() => void)[] = [];
  /** Whether a backlog has been moved since memory was last given back. */
  let wasBehind = false;
  let makesGaps = false;
  /** Questions under way: while memory is given back none is answered, since it would find the limit lowered. */
  let answering = 0;
  let released: Promise<void> = Promise.resolve();
  let lastAdvanceAt = -Infinity;
  let lastBehindAt = -Infinity;

  function status(): LedgerStatus {
    const bytes = bytesOf(settings.file);
    if (progress) {
      const { done, total } = progress;
      return {
        state: 'rebuilding',
        position,
        head,
        done,
        total,
        bytes,
        detail: `it is written anew from the facts: ${done} of about ${total} are done`,
      };
    }
    if (!opened) return { state: 'opening', position, head, bytes, detail: 'its file is being opened' };
    return position >= head
      ? { state: 'ready', position, head, bytes, detail: 'every commit is in the ledger' }
      : { state: 'catching_up', position, head, bytes, detail: `${head - position} commits are still being moved` };
  }
  const publishStatus = (): void => onStatus(status());

  function moved(): void {
    publishStatus();
    const waiting = arrivals;
    arrivals = [];
    for (const arrived of waiting) arrived();
  }

  async function closeOpened(): Promise<void> {
    const closing = opened;
    opened = undefined;
    await closing?.readers.idle();
    await closing?.database.close().catch((error: unknown) => log('warn', `closing the ledger’s file: ${messageOf(error)}`));
  }

  /** Opens the file if it is one of this store and this program; else says in `unfit` what it is. */
  async function open(): Promise<void> {
    if (!existsSync(settings.file)) {
      unfit = 'it is not there';
      return;
    }
    let database: LedgerDatabase | undefined;
    try {
      database = await openDatabase(settings.file, settings, calendar);
      const found = await database.identity();
      if (!found) unfit = 'it holds no ledger';
      else if (found.storeId !== identity.storeId) unfit = 'it belongs to another store';
      else if (found.format !== identity.format) unfit = 'it was made by other rules';
      else {
        const carried = createCarried();
        const readers = await openReaders(database, settings.questionMs, carried);
        opened = { database, carried, readers, gaps: createGapKeeper(database) };
        position = appended = found.position;
        uncommitted = 0;
        return;
      }
    } catch (error) {
      if (!isDamage(error)) throw error;
      unfit = messageOf(error);
    }
    await database?.close().catch(() => undefined);
  }

  async function rebuild(why: string): Promise<void> {
    log('info', `the ledger’s file is written anew from the facts: ${why}`);
    progress = { done: 0, total: 0 };
    publishStatus();
    priority.low();
    await closeOpened();
    await rebuildLedger({
      source,
      settings,
      calendar,
      identity,
      progress(done, total) {
        progress = { done, total };
        publishStatus();
      },
    });
    unfit = undefined;
    await open();
    progress = undefined;
    wasBehind = true;
    log('info', 'the ledger’s file is whole again');
    moved();
  }

  /** Blocks that are no longer kept cannot be moved, and positions do not go back. */
  function isOutOfReach(bounds: ReturnType<LedgerSource['bounds']>): boolean {
    const oldest = bounds.oldest ?? bounds.newest + 1;
    return position > bounds.newest || position < oldest - 1;
  }

  async function step({ database, carried, gaps }: Opened): Promise<'moved' | 'idle'> {
    const bounds = source.bounds();
    head = Math.max(head, bounds.newest);
    if (isOutOfReach(bounds)) {
      unfit = `it stands at block ${position}, the store has blocks ${bounds.oldest ?? 'none'} to ${bounds.newest}`;
      return 'moved';
    }
    const blocks = source.blocks(appended, BATCH_ROWS);
    const last = blocks.at(-1);
    if (!last && appended === position) return 'idle';
    const newest = last?.position ?? appended;
    const rows = blocks.flatMap((block) => block.rows.map((row, ordinal) => ({ row, position: block.position, ordinal })));
    const behind = rows.length >= BATCH_ROWS;
    const began = performance.now();
    if (behind) {
      priority.low();
      wasBehind = true;
    }
    uncommitted += rows.length;
    const more = behind && arrivals.length === 0 && uncommitted < TRANSACTION_ROWS;
    carried.appending(rows, newest);
    gaps.appended(rows.length);
    await database.append(rows, newest, more);
    appended = newest;
    if (!more) {
      position = appended;
      uncommitted = 0;
      moved();
    }
    if (behind) {
      await rest(performance.now() - began);
      lastBehindAt = performance.now();
    }
    return 'moved';
  }

  /** Counts are answered without these tables too: an error here is no reason to end, and one of the file shows with the next rows. */
  async function keepGaps({ gaps }: Opened): Promise<boolean> {
    try {
      const done = await gaps.step(position);
      if (done === 'much') wasBehind = makesGaps = true;
      else if (makesGaps) {
        makesGaps = false;
        log('info', 'the tables of day gaps are made');
      }
      return done !== 'nothing';
    } catch (error) {
      log('warn', `the tables of day gaps are not kept until the next start: ${messageOf(error)}`);
      return false;
    }
  }

  async function rest(workedMs: number): Promise<void> {
    const end = performance.now() + Math.min(REST_MOST_MS, workedMs * REST_SHARE);
    const idle = (): boolean => performance.now() - lastAdvanceAt > QUIET_MS;
    while (!stopped && arrivals.length === 0 && !idle() && performance.now() < end) await delay(REST_POLL_MS);
  }

  async function pause(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    wake = () => undefined;
  }

  async function move(): Promise<void> {
    if (!opened && unfit === undefined) await open();
    if (unfit !== undefined || !opened) {
      await rebuild(unfit ?? 'it could not be opened');
      return;
    }
    let done: 'moved' | 'idle';
    try {
      done = await step(opened);
    } catch (error) {
      if (!isDamage(error)) throw error;
      unfit = messageOf(error);
      return;
    }
    if (done === 'moved' || head > position) {
      // A commit that was announced is in the source, except for one that is being replaced under us.
      await (done === 'moved' ? nextTurn() : pause());
      return;
    }
    priority.normal();
    moved();
    if (answering === 0) {
      if (wasBehind) {
        wasBehind = false;
        await (released = opened.database.release());
      }
      if (performance.now() - lastBehindAt >= calmMs && (await keepGaps(opened))) return;
    }
    if (!stopped) await pause();
  }

  /** Resolves when the ledger has reached a position; rejects after a bounded time. */
  async function reached(wanted: number): Promise<Opened> {
    const began = performance.now();
    const end = began + settings.waitMs;
    for (;;) {
      if (stopped) throw new Unavailable('ledger_unavailable', 'the ledger is being closed');
      if (progress && performance.now() - began >= Math.min(REBUILD_WAIT_MS, settings.waitMs)) {
        const { done, total } = progress;
        throw new Unavailable('ledger_behind', `the ledger is being written anew from the facts: ${done} of about ${total} are done`);
      }
      if (opened && position >= wanted) return opened;
      const left = end - performance.now();
      if (left <= 0)
        throw new Unavailable('ledger_behind', `the ledger stands at commit ${position} of ${Math.max(head, wanted)}; ask again soon`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(left, REBUILD_WAIT_MS));
        arrivals.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  async function answered(task: Task, wanted: number): Promise<TaskAnswer> {
    const { readers } = await reached(wanted);
    await released;
    try {
      return await readers.answer(task);
    } catch (error) {
      if (isDamage(error)) {
        unfit = messageOf(error);
        wake();
      }
      const { code, message } = faultOf(error, error instanceof TimedOut, settings.questionMs);
      throw code === null ? error : new Unavailable(code, message, error);
    }
  }

  return {
    async run() {
      while (!stopped) await move();
      await closeOpened();
    },
    advance(at) {
      if (at > head) lastAdvanceAt = performance.now();
      head = Math.max(head, at);
      wake();
    },
    async answer(task, wanted) {
      answering += 1;
      try {
        return await answered(task, wanted);
      } finally {
        answering -= 1;
      }
    },
    stop() {
      stopped = true;
      wake();
    },
  };
}
