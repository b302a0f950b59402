import { expect, it } from 'vitest';
import { createTimedLoop } from '../../../../server/pipeline/ports/timed-loop.ts';
import { ManualTime } from '../../../helpers/manual-time.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('works after the first wait, then each time as long after the end as the work says', async () => {
  const time = new ManualTime(0);
  const [first, second] = [Promise.withResolvers<number>(), Promise.withResolvers<number>()];
  const works = [first.promise, second.promise];
  let begun = 0;
  const loop = createTimedLoop({ timers: time, firstMs: 20, work: () => works[begun++] ?? Promise.resolve(1) });
  const run = loop.run();
  time.pass(19);
  expect(begun).toBe(0);
  time.pass(1);
  time.pass(1_000);
  expect(begun).toBe(1);
  first.resolve(70);
  await turn();
  time.pass(69);
  expect(begun).toBe(1);
  time.pass(1);
  expect(begun).toBe(2);
  // What is under way when it is stopped is not followed by another time.
  loop.stop();
  second.resolve(0);
  await run;
  await turn();
  time.pass(1_000);
  expect(begun).toBe(2);
});

it('stopped while it waits, it works no more; a failure of the work is that of the loop', async () => {
  const time = new ManualTime(0);
  let begun = 0;
  const work = async (): Promise<number> => {
    begun += 1;
    throw new TypeError('planted');
  };
  const stopped = createTimedLoop({ timers: time, firstMs: 1, work });
  const run = stopped.run();
  stopped.stop();
  await run;
  time.pass(10);
  expect(begun).toBe(0);
  const failing = createTimedLoop({ timers: time, firstMs: 1, work }).run();
  time.pass(1);
  await expect(failing).rejects.toBeInstanceOf(TypeError);
});
