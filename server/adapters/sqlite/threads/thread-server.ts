/** The other end of `thread.ts`: answers calls with the methods of one object; `stop` closes what they use. */
import { parentPort } from 'node:worker_threads';
import { STOP, type Answer, type Call } from './thread.ts';

/** Answers wait for those behind them in their message no longer than this, ms; a method that takes as long alone lets nobody wait for it. */
const TOGETHER_MS = 1;

export function serve(methods: Readonly<Record<string, (...args: never[]) => unknown>>, stop: () => void): void {
  const port = parentPort;
  if (!port) throw new Error('this file is the body of a worker thread');

  /** Methods whose last call took long. */
  const slow = new Set<string>();

  function answerTo({ id, method, args }: Call): Answer {
    try {
      const found = methods[method];
      if (!found) throw new Error(`no method ${method} in this thread`);
      return { id, value: found(...(args as never[])) };
    } catch (error) {
      const { message, stack, errcode } = error as Error & { errcode?: number };
      return { id, error: { message, ...(stack === undefined ? {} : { stack }), ...(errcode === undefined ? {} : { errcode }) } };
    }
  }

  port.on('message', (message: readonly Call[] | typeof STOP) => {
    if (message === STOP) {
      stop();
      port.close();
      return;
    }
    let answers: Answer[] = [];
    let since = performance.now();
    const hand = (): void => {
      if (answers.length > 0) port.postMessage(answers);
      answers = [];
    };
    for (const call of message) {
      if (slow.has(call.method)) hand();
      const began = performance.now();
      if (answers.length === 0) since = began;
      answers.push(answerTo(call));
      const now = performance.now();
      if (now - began >= TOGETHER_MS) slow.add(call.method);
      else slow.delete(call.method);
      if (now - since >= TOGETHER_MS) hand();
    }
    hand();
  });
}
