/** Two connections that answer questions, so that a heavy one does not hold up a light one; others wait for their turn. */
import type { Task, TaskAnswer } from '../messages.ts';
import { answerTask } from './answer.ts';
import type { Carried } from './carried.ts';
import type { LedgerDatabase, LedgerReader } from './database.ts';

const READERS = 2;

/** A question that was interrupted because it took too long. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

export interface Readers {
  answer(task: Task): Promise<TaskAnswer>;
  /** Resolves when no question is under way. */
  idle(): Promise<void>;
}

export async function openReaders(database: LedgerDatabase, questionMs: number, carried: Carried): Promise<Readers> {
  const free: LedgerReader[] = [];
  for (let i = 0; i < READERS; i += 1) free.push(await database.reader());
  const waiting: ((reader: LedgerReader) => void)[] = [];
  const running = new Set<Promise<unknown>>();

  const take = (): Promise<LedgerReader> => {
    const reader = free.pop();
    return reader ? Promise.resolve(reader) : new Promise((resolve) => waiting.push(resolve));
  };
  const giveBack = (reader: LedgerReader): void => {
    const next = waiting.shift();
    if (next) next(reader);
    else free.push(reader);
  };

  async function run(task: Task): Promise<TaskAnswer> {
    const reader = await take();
    let timedOut = false;
    let timer: NodeJS.Timeout | undefined;
    // Each question of a task has the time to itself.
    const watch = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        timedOut = true;
        reader.interrupt();
      }, questionMs);
    };
    try {
      return await reader.within((statement) =>
        answerTask(
          task,
          (each) => {
            watch();
            return statement(each);
          },
          carried,
        ),
      );
    } catch (error) {
      throw timedOut ? new TimedOut('interrupted', { cause: error }) : error;
    } finally {
      clearTimeout(timer);
      giveBack(reader);
    }
  }

  return {
    answer(task) {
      const answer = run(task);
      running.add(answer);
      void answer.then(
        () => running.delete(answer),
        () => running.delete(answer),
      );
      return answer;
    },
    async idle() {
      await Promise.allSettled([...running]);
    },
  };
}
