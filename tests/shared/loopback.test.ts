import { expect, it } from 'vitest';
import { isLoopback } from '../../shared/loopback.ts';

it.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.255.10.9', '::1', '[::1]'])('only this machine reaches %s', (host) => {
  expect(isLoopback(host)).toBe(true);
});
it.each(['', '0.0.0.0', '127.0.0.256', '127.0.0.01', '127.0.0', '127.0.0.1.evil.example', 'localhost.', '::2', '[127.0.0.1', '128.0.0.1'])(
  'others may reach “%s”',
  (host) => {
    expect(isLoopback(host)).toBe(false);
  },
);
