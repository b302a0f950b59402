/** The yardsticks of `npm run bench` measure the same work on both sides; how fast it is, is never asserted here. */
import { expect, it } from 'vitest';
import { fanOutRound } from '../bench/fan-out/fan-out.ts';

it('the product and the bare loop deliver the same messages to as many clients', async () => {
  const asked = { clients: 20, messages: 25, perSecond: 100 };
  const bare = await fanOutRound('bare', asked);
  const ours = await fanOutRound('ours', asked);
  expect(bare.deliveries).toBe(500);
  expect(ours.deliveries).toBe(500);
  expect(ours.bytes).toBe(bare.bytes);
});
