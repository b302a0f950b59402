/**
 * Bytes of patches ÷ bytes of snapshots over an hour of the demo: a rotating wall follows every view of the real server, whose
 * time passes several times as fast. The hour counts only if what the screen put together from patches equals what the server says.
 */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Snapshot } from '../../shared/wire/protocol.ts';
import { viewNames, type ViewName } from '../../shared/wire/views/all.ts';
import { countScreen, type CountedScreen } from '../helpers/patch-bytes.ts';
import { projectRoot } from '../helpers/project-root.ts';
import { eventually, warRoom, type WarRoom } from '../helpers/war-room.ts';

export interface PatchesReport {
  readonly lines: readonly string[];
  /** Bytes of patches ÷ bytes of snapshots, all views. */
  readonly ratio: number;
  readonly gaps: number;
}

export async function benchPatches({ minutes, rate }: { minutes: number; rate: number }): Promise<PatchesReport> {
  const preload = path.join(projectRoot, 'tests/helpers/fast-clock.mjs');
  const env = { DEMO: 'auto', CLOCK_RATE: String(rate), NODE_OPTIONS: `--import ${preload}`, LOG_LEVEL: 'info' };
  const room = await warRoom({ env, startMs: 240_000 });
  try {
    await room.start();
    // While the past is told, patches come as they never do later.
    await eventually('the half year is told', async () => (room.output().includes('half year') ? true : undefined), 900_000);
    const screen = countScreen(room.url);
    await sleep((minutes * 60_000) / rate);
    const equal = await heldAsServed(room, screen);
    screen.close();
    const { patches, patchBytes, snapshotBytes } = screen.total();
    const ratio = patchBytes / snapshotBytes;
    const row = ([view, bytes]: readonly [ViewName, CountedScreen['views'] extends ReadonlyMap<ViewName, infer B> ? B : never]) => {
      const dearest = [...bytes.groups].toSorted(([, a], [, b]) => b - a).slice(0, 3);
      const kb = (n: number) => `${(n / 1_024).toFixed(0)} KB`;
      return `${view}: ${String(bytes.patches)} patches, ${kb(bytes.patchBytes)} ÷ ${kb(bytes.snapshotBytes)} = ${(bytes.patchBytes / bytes.snapshotBytes).toFixed(3)}; most by ${dearest.map(([group, n]) => `${group} ${kb(n)}`).join(', ')}`;
    };
    return {
      ratio,
      gaps: screen.gaps(),
      lines: [
        `patches ÷ snapshots over ${String(minutes)} minutes: ${ratio.toFixed(3)} (must 0.20); ${String(patches)} patches of ${(patchBytes / patches).toFixed(0)} bytes, snapshots of ${(snapshotBytes / patches).toFixed(0)}; ${String(equal)} of ${String(viewNames.length)} views held as the server says, ${String(screen.gaps())} gaps`,
        ...[...screen.views].map(row),
      ],
    };
  } finally {
    await room.dispose();
  }
}

/** Views of which the screen, at one revision, held the very state that the server answers; rejects when one never does. */
async function heldAsServed(room: WarRoom, screen: CountedScreen): Promise<number> {
  for (const view of viewNames) {
    await eventually(
      `${view} is held as the server says`,
      async () => {
        const served = await room.get<Snapshot>(`/api/views/${view}`);
        const held = screen.held(view);
        if (held?.revision !== served.revision || held.epoch !== served.epoch) return undefined;
        return JSON.stringify(sorted(held.state)) === JSON.stringify(sorted(served.state)) ? true : undefined;
      },
      30_000,
    );
  }
  return viewNames.length;
}

const sorted = (state: object): object => Object.fromEntries(Object.entries(state).toSorted(([a], [b]) => (a < b ? -1 : 1)));
