/** Limits how long we wait for a broker. The work itself cannot be cancelled and may still succeed later. */
import { BrokerUnreachable } from './failures.ts';

/** Settles like `work`, or rejects with `BrokerUnreachable` after `ms`. */
export async function withTimeout<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new BrokerUnreachable(`no answer within ${ms} ms`)), ms);
  });
  // If the time-out comes first, a later rejection of the work must not count as unhandled.
  work.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
