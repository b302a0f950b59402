/** The other end of `thread.ts`: answers calls with the methods of one object; `stop` closes what they use. */
import { parentPort } from 'node:worker_threads';
import { STOP, type Answer, type Call } from './thread.ts';

export function serve(methods: Readonly<Record<string, (...args: never[]) => unknown>>, stop: () => void): void {
  const port = parentPort;
  if (!port) throw new Error('this file is the body of a worker thread');
  port.on('message', (message: Call | typeof STOP) => {
    if (message === STOP) {
      stop();
      port.close();
      return;
    }
    const { id, method, args } = message;
    let answer: Answer;
    try {
      const found = methods[method];
      if (!found) throw new Error(`no method ${method} in this thread`);
      answer = { id, value: found(...(args as never[])) };
    } catch (error) {
      const { message, stack, errcode } = error as Error & { errcode?: number };
      answer = { id, error: { message, ...(stack === undefined ? {} : { stack }), ...(errcode === undefined ? {} : { errcode }) } };
    }
    port.postMessage(answer);
  });
}
