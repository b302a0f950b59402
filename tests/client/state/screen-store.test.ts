import { describe, expect, it } from 'vitest';
import { createScreenStore, withHeartbeat } from '../../../client/state/screen-store.ts';
import { PROTOCOL_VERSION } from '../../../shared/wire/constants.ts';
import { everyView } from '../../helpers/every-view.ts';
import type { Heartbeat } from '../../../shared/wire/protocol.ts';
import { streamsUsual } from '../../helpers/overview-fixture.ts';

const heartbeat = (serverNow: number): Heartbeat => ({
  protocol: PROTOCOL_VERSION,
  build: 'b',
  serverNow,
  positions: everyView(() => ({ epoch: 'a', revision: 1 })),
  streams: streamsUsual(1_000_000),
  sources: [],
  problems: [],
  quarantinedMentions: 0,
  rosterGap: null,
});

describe('a heartbeat in the store', () => {
  it('keeps what did not change, so that nothing is painted for it', () => {
    const store = createScreenStore(0);
    store.setState((screen) => withHeartbeat(screen, heartbeat(1_000_000)));
    const first = store.getState();
    store.setState((screen) => withHeartbeat(screen, heartbeat(1_005_000)));
    const second = store.getState();
    expect(second.streams).toBe(first.streams);
    expect(second.problems).toBe(first.problems);
    expect(second.heartbeatAt).toBe(1_005_000);
  });
});
