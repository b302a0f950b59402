import { describe, expect, it } from 'vitest';
import type { KeptTruth } from '../../../client/screen/last-truth.ts';
import { restored, statusWith, without } from '../../../client/screen/last-truth-keeper.ts';
import { PROTOCOL_VERSION } from '../../../shared/wire/constants.ts';
import { scenarios, usualWorkspace } from '../../helpers/overview-fixture.ts';

const position = { epoch: 'e', revision: 7 };
const kept: KeptTruth = {
  ...{
    workspace: usualWorkspace,
    views: { overview: scenarios.usual, incidents: {} },
    positions: { overview: position, incidents: position },
  },
  ...{ streams: [], sources: [], problems: [], quarantinedMentions: 0, rosterGap: null, heartbeatAt: 5_000, build: 'b' },
  ...{ keptAt: 6_000, protocol: PROTOCOL_VERSION },
};
const live = { phase: 'live', silentMs: 0 } as const;

describe('the last truth of a wall', () => {
  it('[S2] is shown for the views the page follows, and says of each that it is kept', () => {
    expect(restored(kept, ['overview', 'competitors'])).toMatchObject({
      ...{ views: { overview: scenarios.usual }, positions: { overview: position }, heartbeatAt: 5_000 },
      kept: { at: 6_000, views: ['overview'] },
    });
    expect(Object.keys(restored(kept, ['overview'])?.views ?? {})).toEqual(['overview']);
  });

  it('[S2] is no picture without the workspace, without a view the page follows, and in the shapes of another protocol', () => {
    expect(restored({ ...kept, workspace: null }, ['overview'])).toBeNull();
    expect(restored(kept, ['competitors'])).toBeNull();
    expect(restored({ ...kept, protocol: PROTOCOL_VERSION - 1 }, ['overview'])).toBeNull();
  });

  it('[S2] is grey until the server has sent each of its views anew, also with a heartbeat and with a clock that was set back', () => {
    const both = { at: 6_000, views: ['overview', 'incidents'] as const };
    expect(statusWith(both, live, 100_000)).toEqual({ phase: 'grey', silentMs: 94_000 });
    expect(statusWith(both, live, 1_000)).toEqual({ phase: 'grey', silentMs: 30_000 });
    const one = without(both, 'overview');
    expect(one).toEqual({ at: 6_000, views: ['incidents'] });
    expect(statusWith(one, live, 100_000).phase).toBe('grey');
    expect(without(one, 'incidents')).toBeNull();
    expect(statusWith(null, live, 100_000)).toBe(live);
  });
});
