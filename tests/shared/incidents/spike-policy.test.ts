import { expect, it } from 'vitest';
import { defaultSpike, spikePolicy } from '../../../shared/incidents/spike-policy.ts';

it('the policy of spikes takes its own default', () => {
  expect(spikePolicy.parse(defaultSpike)).toEqual(defaultSpike);
});
