import { expect, it } from 'vitest';
import { createRepetition } from '../../../../server/pipeline/incidents/repetition.ts';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import { ManualTime } from '../../../helpers/manual-time.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

it('works at once, again after each interval, and after an infrastructure fault too', async () => {
  const time = new ManualTime(0);
  let done = 0;
  const away: string[] = [];
  const repetition = createRepetition({
    timers: time,
    everyMs: 1_000,
    async work() {
      done += 1;
      if (done === 2) throw new Unavailable('store_busy', 'the store is away');
    },
    onUnavailable: ({ code }) => away.push(code),
  });
  const running = repetition.run();
  await settle();
  expect(done).toBe(1);
  time.pass(999);
  await settle();
  expect(done).toBe(1);
  time.pass(1);
  await settle();
  expect([done, away]).toEqual([2, ['store_busy']]);
  time.pass(1_000);
  await settle();
  expect(done).toBe(3);
  await repetition.stop();
  await running;
  time.pass(10_000);
  await settle();
  expect(done).toBe(3);
});

it('a stop waits for the work under way, which can ask whether it is to end', async () => {
  const end = Promise.withResolvers<void>();
  const repetition = createRepetition({ timers: new ManualTime(0), everyMs: 1, work: () => end.promise, onUnavailable: () => undefined });
  const running = repetition.run();
  let stopped = false;
  const stopping = repetition.stop().then(() => (stopped = true));
  await settle();
  expect([stopped, repetition.stopping()]).toEqual([false, true]);
  end.resolve();
  await Promise.all([stopping, running]);
});

it('a bug ends it, and a stop after that is quiet', async () => {
  const repetition = createRepetition({
    timers: new ManualTime(0),
    everyMs: 1,
    work: () => Promise.reject(new TypeError('a bug')),
    onUnavailable: () => undefined,
  });
  await expect(repetition.run()).rejects.toThrow('a bug');
  await repetition.stop();
});
