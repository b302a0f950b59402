/** How long ago the server had something newer than what a screen painted, from what its streams were at certain moments [SC1]. */
import type { Position } from '../../../shared/wire/protocol.ts';

type Positions = Readonly<Record<string, Position>>;

/** Where the streams stood at a moment, ms of a monotonic clock. */
export interface Sample {
  readonly at: number;
  readonly positions: Positions;
}

/** `samples` by rising `at`. A view that no sample knows is not behind; null where nothing was painted or sampled. */
export function behindMs(painted: Positions, samples: readonly Sample[], now: number): number | null {
  if (samples.length === 0 || Object.keys(painted).length === 0) return null;
  const newer = samples.find(({ positions }) => Object.entries(painted).some(([view, shown]) => isNewer(positions[view], shown)));
  return newer === undefined ? 0 : Math.max(0, now - newer.at);
}

/** Another epoch is another numbering: whatever was painted by the old one is from before the server started. */
function isNewer(server: Position | undefined, shown: Position): boolean {
  if (server === undefined) return false;
  return server.epoch === shown.epoch ? server.revision > shown.revision : true;
}
