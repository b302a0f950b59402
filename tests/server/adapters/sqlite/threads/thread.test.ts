import { expect, onTestFinished, test } from 'vitest';
import { createThread } from '../../../../../server/adapters/sqlite/threads/thread.ts';

function open(idleMs?: number) {
  const thread = createThread(new URL('./which-thread.ts', import.meta.url), {}, 32, idleMs);
  onTestFinished(() => thread.stop());
  return thread;
}

test('a thread that may end when idle does, and the next call starts another', async () => {
  const thread = open(10);
  const first = await thread.call('which', []);
  await expect.poll(() => thread.call('which', []), { interval: 200, timeout: 10_000 }).not.toBe(first);
});

test('calls under way and calls that follow at once are answered by the same thread', async () => {
  for (const thread of [open(60_000), open()]) {
    const [first, second] = await Promise.all([thread.call('which', []), thread.call('which', [])]);
    expect([second, await thread.call('which', [])]).toEqual([first, first]);
  }
});

test('a stopped thread answers no more, whether it ran or had ended', async () => {
  for (const thread of [open(1), open(60_000), open()]) {
    await thread.call('which', []);
    await thread.stop();
    await expect(thread.call('which', [])).rejects.toThrow('the store is closed');
  }
});

/** A thread that counts messages, and a gate in front of its slow method. */
function openCounting() {
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const thread = createThread(new URL('./counting-thread.ts', import.meta.url), gate, 32);
  const openGate = () => {
    Atomics.store(gate, 0, 0);
    Atomics.notify(gate, 0);
  };
  onTestFinished(() => {
    openGate();
    return thread.stop();
  });
  return { thread, openGate, closeGate: () => void Atomics.store(gate, 0, 1) };
}

test('calls made in one go are one message, each with its own answer or error', async () => {
  const { thread } = openCounting();
  expect(await thread.call('messages', [])).toBe(1);
  const [first, failed, last] = await Promise.allSettled([
    thread.call('messages', []),
    thread.call('fail', []),
    thread.call('messages', []),
  ]);
  expect(first).toEqual({ status: 'fulfilled', value: 2 });
  expect(failed).toMatchObject({ status: 'rejected', reason: { message: 'no such row' } });
  expect(last).toEqual(first);
});

test('a call that cannot travel fails alone', async () => {
  const { thread } = openCounting();
  const [good, bad] = await Promise.allSettled([thread.call('messages', []), thread.call('messages', [() => undefined])]);
  expect(good).toEqual({ status: 'fulfilled', value: 1 });
  expect(bad).toMatchObject({ status: 'rejected', reason: { name: 'DataCloneError' } });
});

test('a quick answer does not wait for a slow one behind it', async () => {
  const { thread, openGate, closeGate } = openCounting();
  await thread.call('slow', []);
  closeGate();
  const quick = thread.call('messages', []);
  const slow = thread.call('slow', []);
  expect(await quick).toBe(2);
  openGate();
  await slow;
});

test('what was asked just before a stop is answered', async () => {
  const { thread } = openCounting();
  const asked = thread.call('messages', []);
  await thread.stop();
  expect(await asked).toBe(1);
});
