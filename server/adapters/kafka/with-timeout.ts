/** A limit on waiting for a broker; the work itself cannot be called back and may still succeed. */
import { BrokerUnreachable } from './failures.ts';

/** Settles like `work`, or rejects with `BrokerUnreachable` after `ms`. */
export async function withTimeout<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new BrokerUnreachable(`no answer within ${ms} ms`)), ms);
  });
  // Whoever loses the race must not become an unhandled rejection.
  work.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
