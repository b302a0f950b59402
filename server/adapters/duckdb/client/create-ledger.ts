/** The ledger port in the server's process: hands questions to the engine's process and starts that one again whenever it ends. */
import type { FamilyName } from '../../../domain/ledger/registry.ts';
import { Unavailable } from '../../../pipeline/ports/errors.ts';
import type {
  ChangesQuestion,
  Ledger,
  LedgerAnswer,
  LedgerQuestion,
  LedgerStatus,
  RowsQuestion,
  SilencesQuestion,
  SumQuestion,
} from '../../../pipeline/ports/ledger.ts';
import type { ExplainQuestion } from '../../../pipeline/ports/ledger-explain.ts';
import type { Logger } from '../../../pipeline/ports/logger.ts';
import type { Timers } from '../../../pipeline/ports/timers.ts';
import { checkTask } from '../check-task.ts';
import type { EngineSettings, FromEngine, Task, TaskAnswer } from '../messages.ts';
import { startProcess, type EngineProcess } from './engine-process.ts';

export interface LedgerOptions {
  /** Module of the engine's process. */
  readonly script: URL;
  /** What that module opens as its source: the store's file. */
  readonly source: string;
  /** The ledger's own file. */
  readonly file: string;
  readonly limits?: Partial<Omit<EngineSettings, 'source' | 'file' | 'fresh'>>;
  readonly logger: Logger;
  readonly timers: Timers;
}

export interface DuckLedger extends Ledger {
  /** Starts the engine's process; once. Questions before it are `ledger_unavailable`. */
  start(): void;
  /** Called with every new status; the returned function ends it. */
  onStatus(listener: (status: LedgerStatus) => void): () => void;
  /** Process id of the engine; undefined while none runs. */
  pid(): number | undefined;
  stop(): Promise<void>;
}

const defaults = { memoryMb: 192, threads: 2, tempMb: 4_096, waitMs: 10_000, questionMs: 15_000 };
const FIRST_DELAY_MS = 100;
const LAST_DELAY_MS = 30_000;
/** After so many ends without ever having been ready, or by a fault of native code, the file is not trusted any more. */
const ENDS_BEFORE_FRESH = 3;
const nativeFault = /^SIG(SEGV|ABRT|BUS|ILL|FPE)/;
/** Beyond what the engine's own limits allow for: it does not answer at all. */
const SILENCE_MS = 30_000;

interface Waiting {
  readonly resolve: (answer: TaskAnswer) => void;
  readonly reject: (error: unknown) => void;
  readonly cancel: () => void;
}

export function createLedger({ script, source, file, limits, logger, timers }: LedgerOptions): DuckLedger {
  const settings = { ...defaults, ...limits, source, file };
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<(status: LedgerStatus) => void>();
  let engine: EngineProcess | undefined;
  let latest: LedgerStatus = { state: 'opening', position: 0, head: 0, detail: 'its file is being opened' };
  let head = 0;
  let nextId = 1;
  /** Ends since the engine was ready last. */
  let ends = 0;
  /** Ends by a fault of native code since the file was made. */
  let faults = 0;
  let stopping = false;
  let cancelRestart = (): void => undefined;

  function changed(status: LedgerStatus): void {
    latest = status;
    head = Math.max(head, status.head);
    for (const listener of listeners) listener(current());
  }

  function current(): LedgerStatus {
    const behind = latest.state === 'ready' && head > latest.position;
    return {
      ...latest,
      head,
      ...(behind ? { state: 'catching_up', detail: `${head - latest.position} commits are still being moved` } : {}),
    };
  }

  function receive(message: FromEngine): void {
    switch (message.kind) {
      case 'status':
        if (message.status.state === 'ready') ends = 0;
        changed(message.status);
        return;
      case 'log':
        logger[message.level]({}, message.message);
        return;
      case 'answer':
        settle(message.id)?.resolve(message.answer);
        return;
      case 'failure':
        settle(message.id)?.reject(
          message.code === null ? new Error(`the ledger: ${message.message}`) : new Unavailable(message.code, message.message),
        );
    }
  }

  function settle(id: number): Waiting | undefined {
    const one = waiting.get(id);
    waiting.delete(id);
    one?.cancel();
    return one;
  }

  function ended(why: string): void {
    engine = undefined;
    for (const id of [...waiting.keys()]) {
      settle(id)?.reject(new Unavailable('ledger_unavailable', `the process that keeps the ledger ended (${why}); ask again in a moment`));
    }
    if (stopping) return;
    ends += 1;
    if (nativeFault.test(why)) faults += 1;
    const delay = Math.min(LAST_DELAY_MS, FIRST_DELAY_MS * 2 ** (ends - 1));
    logger.warn({ ends, delay }, `the process that keeps the ledger ended: ${why}`);
    changed({ ...latest, state: 'unavailable', detail: `its process ended (${why}) and is started again` });
    cancelRestart = timers.after(delay, start);
  }

  function start(): void {
    const fresh = faults >= ENDS_BEFORE_FRESH || (ends > 0 && ends % ENDS_BEFORE_FRESH === 0);
    if (fresh) faults = 0;
    engine = startProcess(script, { ...settings, fresh }, receive, ended);
    if (head > 0) engine.send({ kind: 'advance', position: head });
  }

  function run(task: Task): Promise<TaskAnswer> {
    checkTask(task);
    const running = engine;
    if (!running) return Promise.reject(new Unavailable('ledger_unavailable', `the ledger cannot be asked now: ${latest.detail}`));
    const id = nextId++;
    const questions = 'questions' in task ? task.questions.length : 1;
    return new Promise((resolve, reject) => {
      const cancel = timers.after(settings.waitMs + questions * settings.questionMs + SILENCE_MS, () => running.kill());
      waiting.set(id, { resolve, reject, cancel });
      running.send({ kind: 'task', id, position: head, task });
    });
  }

  async function ask<const Q extends readonly LedgerQuestion[]>(questions: Q): Promise<{ readonly [I in keyof Q]: LedgerAnswer<Q[I]> }>;
  async function ask(questions: readonly LedgerQuestion[]): Promise<readonly unknown[]> {
    const answer = await run({ kind: 'ask', questions });
    return answer.kind === 'ask' ? answer.answers : unexpected(answer);
  }

  return {
    start,
    ask,
    async sumsAt(questions: readonly SumQuestion[], asOf: number, most: number) {
      const answer = await run({ kind: 'sumsAt', questions, asOf, most });
      return answer.kind === 'sumsAt' ? answer.sums : unexpected(answer);
    },
    async instantsAhead(family: FamilyName, asOf: number, most: number) {
      const answer = await run({ kind: 'instantsAhead', family, asOf, most });
      return answer.kind === 'instantsAhead' ? answer.instants : unexpected(answer);
    },
    async rows(question: RowsQuestion) {
      const answer = await run({ kind: 'rows', question });
      return answer.kind === 'rows' ? answer.page : unexpected(answer);
    },
    async changes(question: ChangesQuestion) {
      const answer = await run({ kind: 'changes', question });
      return answer.kind === 'changes' ? answer.rows : unexpected(answer);
    },
    async silences(question: SilencesQuestion) {
      const answer = await run({ kind: 'silences', question });
      return answer.kind === 'silences' ? answer.silences : unexpected(answer);
    },
    async explain(question: ExplainQuestion, beside: readonly LedgerQuestion[]) {
      const answer = await run({ kind: 'explain', question, questions: beside });
      return answer.kind === 'explain' ? { page: answer.page, beside: answer.beside } : unexpected(answer);
    },
    status: current,
    advance(position) {
      if (position <= head) return;
      head = position;
      engine?.send({ kind: 'advance', position });
    },
    onStatus(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pid: () => engine?.pid,
    async stop() {
      stopping = true;
      cancelRestart();
      await engine?.stop();
    },
  };
}

function unexpected(answer: TaskAnswer): never {
  throw new Error(`the ledger's engine answered another question: ${answer.kind}`);
}
