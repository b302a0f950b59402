/**
 * Work on many quarantined records at a time [I9]: batch by batch, each a short transaction, so that
 * intake and screens go on beside it. One task runs at a time. It waits while the store or the log is
 * away and while more events wait to be folded than may.
 */
import type { ClockPort } from '../ports/clock.ts';
import type { Commit } from '../ports/commit.ts';
import { Unavailable } from '../ports/errors.ts';
import type { StoreReads } from '../ports/reads.ts';
import { refuse, type Refusal } from '../ports/refusal.ts';
import type { Timers } from '../ports/timers.ts';
import type { ReplayableIntake } from './event-intake.ts';
import type { OpenFilter, QuarantineTask } from './services.ts';

export interface QuarantineTaskParts {
  readonly reads: Pick<StoreReads, 'quarantine' | 'openQuarantine' | 'quarantineRaws'>;
  readonly commit: Commit;
  readonly intake: ReplayableIntake;
  readonly clock: ClockPort;
  readonly timers: Timers;
}

export type TaskAction =
  { readonly action: 'replay'; readonly actor: string } | { readonly action: 'discard'; readonly actor: string; readonly reason: string };

export interface QuarantineTasks {
  begin(action: TaskAction, filter: OpenFilter): Promise<QuarantineTask | Refusal>;
  task(id: string): QuarantineTask | Refusal;
  /** Resolves after `stop`; rejects on a bug. */
  run(): Promise<void>;
  /** After the batch under way. */
  stop(): Promise<void>;
}

const BATCH_ROWS = 250;
/** Bytes sent again at a time. */
const BATCH_BYTES = 2 * 1_048_576;
const RETRY_MS = 1_000;
/** Ended tasks that can still be asked for. */
const KEPT_TASKS = 20;

type Row = Awaited<ReturnType<StoreReads['openQuarantine']>>[number];
interface Progress {
  readonly closed: number;
  readonly stillBad: number;
}

export function createQuarantineTasks({ reads, commit, intake, clock, timers }: QuarantineTaskParts): QuarantineTasks {
  const tasks = new Map<string, QuarantineTask>();
  const ended = Promise.withResolvers<void>();
  let running: Promise<void> | null = null;
  let current: QuarantineTask | null = null;
  let beginning = false;
  let stopping = false;
  let wake = (): void => undefined;
  let serial = 0;

  function keep(task: QuarantineTask): QuarantineTask {
    tasks.set(task.id, task);
    current = task.state === 'running' ? task : null;
    for (const id of [...tasks.keys()].slice(0, Math.max(0, tasks.size - KEPT_TASKS))) tasks.delete(id);
    return task;
  }

  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const cancel = timers.after(RETRY_MS, resolve);
      wake = () => {
        cancel();
        resolve();
      };
    });

  /** Tries the same again while something is away; undefined when stopped meanwhile. */
  async function patiently<T>(id: string, work: () => Promise<T>): Promise<T | undefined> {
    while (!stopping) {
      try {
        const result = await work();
        update(id, { waitsFor: null });
        return result;
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
        update(id, { waitsFor: error.code });
        await pause();
      }
    }
    return undefined;
  }

  function update(id: string, change: Partial<QuarantineTask>): void {
    const task = tasks.get(id);
    if (task) keep({ ...task, ...change });
  }

  async function close(ids: readonly number[], state: 'replayed' | 'discarded', actor: string, reason: string): Promise<number> {
    if (ids.length === 0) return 0;
    return commit(async (tx, touch, at) => {
      const closed = await tx.closeQuarantined(ids, state, actor, reason, at);
      if (closed > 0) touch('quarantine');
      return closed;
    });
  }

  /** Sent before closed: a crash between the two leaves them open, and sent again they are duplicates. */
  async function replay(id: string, actor: string, rows: readonly Row[]): Promise<Progress> {
    const whole = rows.filter(({ length, kept }) => kept === length);
    const raws = await reads.quarantineRaws(whole.map((row) => row.id));
    const answers = await intake.resubmitAll(
      raws.map(({ raw }) => raw),
      { id: `replay-${id}`, receivedAt: clock.now() },
    );
    const taken = (outcome: 'accepted' | 'duplicate') => raws.filter((_, i) => answers[i]?.outcome === outcome).map((row) => row.id);
    const closed =
      (await close(taken('accepted'), 'replayed', actor, 'accepted')) + (await close(taken('duplicate'), 'replayed', actor, 'duplicate'));
    return { closed, stillBad: rows.length - taken('accepted').length - taken('duplicate').length };
  }

  async function work(id: string, asked: TaskAction, filter: OpenFilter, upTo: number): Promise<void> {
    for (let after = 0; ;) {
      const found = await patiently(id, () => reads.openQuarantine({ ...filter, after, upTo, limit: BATCH_ROWS }));
      if (found === undefined || found.length === 0) break;
      const rows = asked.action === 'replay' ? within(found, BATCH_BYTES) : found;
      const progress = await patiently(id, async (): Promise<Progress> => {
        if (asked.action === 'replay') return replay(id, asked.actor, rows);
        const ids = rows.map((row) => row.id);
        return { closed: await close(ids, 'discarded', asked.actor, asked.reason), stillBad: 0 };
      });
      if (progress === undefined) break;
      after = rows.at(-1)?.id ?? upTo;
      const before = tasks.get(id);
      if (!before) break;
      update(id, {
        done: before.done + rows.length,
        closed: before.closed + progress.closed,
        stillBad: before.stillBad + progress.stillBad,
      });
    }
    update(id, { state: stopping ? 'stopped' : 'done', endedAt: clock.now() });
  }

  return {
    async begin(asked, filter) {
      if (current || beginning || stopping)
        return refuse(409, 'task_running', 'another task works on the quarantine; wait for its end', current ? { present: current } : {});
      beginning = true;
      try {
        const { total, rows } = await reads.quarantine({ ...filter, state: 'open', limit: 1 });
        const startedAt = clock.now();
        const id = `${startedAt.toString(36)}-${++serial}`;
        const started = { id, action: asked.action, state: 'running', total, done: 0, closed: 0, stillBad: 0, waitsFor: null } as const;
        const task = keep({ ...started, startedAt, endedAt: null });
        running = work(id, asked, filter, rows[0]?.id ?? 0).catch(ended.reject);
        return task;
      } finally {
        beginning = false;
      }
    },
    task: (id) => tasks.get(id) ?? refuse(404, 'unknown_task', 'there is no such task; tasks end with the process'),
    run: () => ended.promise,
    async stop() {
      stopping = true;
      wake();
      await running;
      ended.resolve();
    },
  };
}

/** At least one row. */
function within(rows: readonly Row[], bytes: number): readonly Row[] {
  let sum = 0;
  const beyond = rows.findIndex(({ kept }, i) => (sum += kept) > bytes && i > 0);
  return beyond === -1 ? rows : rows.slice(0, beyond);
}
