/** Plans and ends of campaigns with every version they ever had. */
import { expect, test } from 'vitest';
import type { EventData } from '../../../shared/events/registry.ts';
import { factOf, versionOf, write } from './samples.ts';
import type { StoreCase } from './store-contract.ts';

const days = (from: string, to: string) => ({ from, to });

function planVersion(version: number, more: Partial<EventData<'campaign.planned'>> = {}) {
  const data: EventData<'campaign.planned'> = {
    ...{ campaignId: 'C', version, name: 'C', owner: '陈放', kind: 'node', channels: ['天猫'], budget: 1, targets: {} },
    phases: { warmup: days('1970-01-02', '1970-01-03'), burst: days('1970-01-05', '1970-01-05'), review: days('1970-01-06', '1970-01-07') },
    ...more,
  };
  return versionOf('campaign.planned', data, version * 100);
}

export function registerCampaignCases(stores: StoreCase): void {
  test('[R16] [R21] versions of plans and ends are all there, superseded ones too', async () => {
    const store = await stores.open();
    const columns = { campaignId: 'C', at: 1 };
    const ended = versionOf('campaign.ended', { campaignId: 'C', version: 1 }, 500);
    await store.write((tx) =>
      tx.putFacts([
        write(
          factOf('campaign', 'C', [planVersion(2, { kind: 'always-on' })]),
          { kind: 'campaign', ...columns },
          { history: [planVersion(1)] },
        ),
        write(factOf('campaignEnd', 'C', [ended]), { kind: 'campaignEnd', ...columns }),
      ]),
    );
    const common = { campaignId: 'C', source: '/shop' };
    const found = await store.reads.campaignVersions();
    expect(found).toHaveLength(3);
    expect(found).toEqual(
      expect.arrayContaining([
        {
          ...{ ...common, version: 1, occurredAt: 100, receivedAt: 1_100 },
          window: [
            { from: 1, to: 3 },
            { from: 4, to: 5 },
          ],
        },
        { ...common, version: 2, occurredAt: 200, receivedAt: 1_200, window: [] },
        { ...common, version: 1, occurredAt: 500, receivedAt: 1_500 },
      ]),
    );
  });
}
