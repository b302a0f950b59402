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
