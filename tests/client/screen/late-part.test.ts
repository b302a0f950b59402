// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { loadLate } from '../../../client/screen/late-part.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('gives what came, and reloads nothing', async () => {
  const reload = vi.fn();
  expect(await loadLate(() => Promise.resolve('part'), undefined, reload)).toBe('part');
  expect(reload).not.toHaveBeenCalled();
});

it('of a part that did not come leaves the page as it is, and lets it be loaded anew only while the server answers', async () => {
  let answers = false;
  let mustWait: () => boolean = () => false;
  const settled = vi.fn();
  const part = loadLate(
    () => Promise.reject(new TypeError('Failed to fetch dynamically imported module')),
    () => Promise.resolve(answers),
    (wait) => (mustWait = wait ?? mustWait),
  );
  void part.finally(settled);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(mustWait()).toBe(true);
  answers = true;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(mustWait()).toBe(false);
  answers = false;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(mustWait()).toBe(true);
  expect(settled).not.toHaveBeenCalled();
});
