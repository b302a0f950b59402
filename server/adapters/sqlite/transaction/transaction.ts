/**
 * One transaction seen from the event loop. Writes are queued and travel with the next
 * read or the commit, or when enough have gathered; reads asked for in one go share a
 * message. So a write that fails is heard of later than it was asked for: at the next
 * read or at the commit, never after it; and then the whole transaction has failed, as on
 * any database across a network.
 */
import { translate } from '../errors.ts';
import { createByteWriter } from './byte-writer.ts';
import type { Outcome, Post, Primitive, Row, RunStep, Step, Value } from '../steps.ts';

/** Rows and bytes that travel without waiting for more: the other side works while this one goes on building. */
const ROWS_A_MESSAGE = 512;
const BYTES_A_MESSAGE = 1_048_576;

export interface Transaction {
  /** Rows as arrays. */
  rows<R extends readonly unknown[]>(sql: string, values: readonly Primitive[]): Promise<readonly R[]>;
  /** Rows as objects by column. */
  objects(sql: string, values: readonly Primitive[]): Promise<readonly Row[]>;
  /** Executes one write and tells how many rows it changed. */
  changes(sql: string, values: readonly Primitive[]): Promise<number>;
  /**
   * Queues a write of `values` and `more`. With `unlessOne`, changing any number of rows but one fails the transaction
   * with what it makes of the values.
   */
  run(sql: string, values: readonly Value[], unlessOne?: ErrorFactory, more?: readonly Value[]): void;
  /** The commit waits for it: work other threads do for this transaction, which may queue writes at its end. */
  include(work: Promise<void>): void;
  /** Calls back, before the next transaction begins where that can be known, when this one leaves nothing behind. */
  onRollBack(undo: () => void): void;
}
export type ErrorFactory = (values: readonly Primitive[]) => Error;

/** The side of a transaction that belongs to whoever runs it. */
export interface OpenTransaction extends Transaction {
  /** Resolves when all `include`d work is done; rejects when the transaction is known to have failed. */
  complete(): Promise<void>;
  /** Sent before this returns; resolves once durable, to the pages of log not yet moved into the file; undefined = nothing was written or read. */
  commit(): Promise<number | undefined>;
  rollBack(): Promise<void>;
}

interface Message {
  readonly steps: Step[];
  readonly refusals: (ErrorFactory | undefined)[];
  readonly waiting: PromiseWithResolvers<unknown>[];
}
const emptyMessage = (): Message => ({ steps: [], refusals: [], waiting: [] });

const nothing: readonly Value[] = [];
/** Stands in a step whose bytes are still being written. */
const underPen = new Uint8Array(0);

export function openTransaction(post: Post): OpenTransaction {
  let next = emptyMessage();
  let rows = 0;
  let bytes = 0;
  const blobs = createByteWriter();
  let begun = false;
  let ended = false;
  let flushing = false;
  let failure: { readonly error: unknown } | undefined;
  const included: Promise<void>[] = [];
  const undoing: (() => void)[] = [];

  function push(step: Step, refusal?: ErrorFactory): void {
    if (ended) throw new Error('a transaction was used after its end');
    if (failure) throw failure.error;
    sealBlobs();
    next.steps.push(step);
    next.refusals.push(refusal);
  }

  /** The last step's bytes into memory of their own, so that they can be handed over. */
  function sealBlobs(): void {
    const last = next.steps.at(-1);
    if (last?.do !== 'run' || last.blobs?.bytes !== underPen) return;
    last.blobs = { column: last.blobs.column, bytes: blobs.take() };
  }

  function send(): void {
    sealBlobs();
    const message = next;
    if (message.steps.length === 0) return;
    next = emptyMessage();
    rows = bytes = 0;
    const steps: Step[] = begun ? message.steps : [{ do: 'begin' }, ...message.steps];
    const offset = begun ? 0 : 1;
    begun = true;
    post(steps).then(
      (outcome) => settle(message, outcome, offset),
      (error: unknown) => fail(message, error),
    );
  }

  function settle({ steps, refusals, waiting }: Message, outcome: Outcome, offset: number): void {
    if ('results' in outcome) return waiting.forEach(({ resolve }, i) => resolve(outcome.results[i]));
    if ('abandoned' in outcome) return fail({ waiting }, failure?.error ?? new Error('a transaction was abandoned without a cause'));
    const { step, row, error } = outcome.failure;
    if (error) return fail({ waiting }, translate(Object.assign(new Error(error.message), error)));
    const { values, width } = steps[step - offset] as RunStep;
    fail({ waiting }, (refusals[step - offset] as ErrorFactory)(values.slice(row * width, (row + 1) * width)));
  }

  function fail({ waiting }: Pick<Message, 'waiting'>, error: unknown): void {
    failure ??= { error };
    for (const { reject } of waiting) reject(failure.error);
  }

  function put(step: RunStep, value: Value): void {
    if (typeof value !== 'object' || value === null) {
      if (typeof value === 'string') bytes += value.length;
      step.values.push(value);
      return;
    }
    step.blobs ??= { column: step.values.length % step.width, bytes: underPen };
    const before = blobs.length;
    if (value instanceof Uint8Array) blobs.write(value, 0, value.length);
    else {
      blobs.writeAscii(value.head);
      blobs.write(value.tail.bytes, value.tail.from, value.tail.to);
    }
    step.values.push(blobs.length - before);
    bytes += blobs.length - before;
  }

  /** Everything asked for until the event loop comes to promises travels together. */
  function ask<T>(step: Step): Promise<T> {
    const answer = Promise.withResolvers<unknown>();
    try {
      push(step);
      next.waiting.push(answer);
    } catch (error) {
      return Promise.reject(error);
    }
    if (!flushing) {
      flushing = true;
      queueMicrotask(() => {
        flushing = false;
        if (!ended) send();
      });
    }
    return answer.promise as Promise<T>;
  }

  return {
    rows: (sql, values) => ask({ do: 'read', sql, values, as: 'arrays' }),
    objects: (sql, values) => ask({ do: 'read', sql, values, as: 'objects' }),
    changes: (sql, values) => ask({ do: 'run', sql, width: values.length, values: [...values], exactlyOne: false, counted: true }),

    run(sql, values, unlessOne, more = nothing) {
      let step = next.steps.at(-1);
      if (step?.do !== 'run' || step.sql !== sql || step.counted || step.width === 0 || failure || ended) {
        step = { do: 'run', sql, width: values.length + more.length, values: [], exactlyOne: unlessOne !== undefined, counted: false };
        push(step, unlessOne);
      }
      for (let i = 0; i < values.length; i++) put(step, values[i] as Value);
      for (let i = 0; i < more.length; i++) put(step, more[i] as Value);
      if (++rows >= ROWS_A_MESSAGE || bytes >= BYTES_A_MESSAGE) send();
    },

    include(work) {
      work.catch(() => undefined); // `complete` reports it; a rollback may never look.
      included.push(work);
    },

    async complete() {
      // Work may add to the list while it is waited for.
      for (let i = 0; i < included.length; i++) await included[i];
      if (failure) throw failure.error;
    },

    onRollBack(undo) {
      undoing.push(undo);
    },

    commit() {
      if (failure) return Promise.reject(failure.error);
      if (!begun && next.steps.length === 0) return Promise.resolve(undefined);
      const done = ask<number>({ do: 'commit' });
      send();
      ended = true;
      return done;
    },

    async rollBack() {
      for (const undo of undoing) undo();
      // A step that failed has rolled back already, and behind a commit the next transaction may have begun.
      const open = begun && !ended && !failure;
      ended = true;
      // Whoever asked for something that was never sent.
      fail(next, new Error('the transaction was rolled back'));
      if (open) await post([{ do: 'rollback' }]);
    },
  };
}
