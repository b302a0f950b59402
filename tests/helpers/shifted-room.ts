/** A server whose clock a test sets while it runs. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from './project-root.ts';
import { warRoom, type WarRoom } from './war-room.ts';

export interface ShiftedRoom {
  readonly room: WarRoom;
  /** Sets the server's clock so many ms ahead of the machine's. */
  shift(ms: number): void;
  dispose(): Promise<void>;
}

export interface ShiftedRoomOptions {
  /** How far its clock is ahead from the beginning, ms; absent = not at all. */
  readonly aheadMs?: number;
  readonly env?: Readonly<Record<string, string>>;
}

export async function shiftedRoom({ aheadMs = 0, env = {} }: ShiftedRoomOptions = {}): Promise<ShiftedRoom> {
  const folder = mkdtempSync(path.join(tmpdir(), 'shift-'));
  const file = path.join(folder, 'shift');
  /** In one go, so that the server never reads half of it. */
  function shift(ms: number): void {
    writeFileSync(`${file}.new`, String(ms));
    renameSync(`${file}.new`, file);
  }
  shift(aheadMs);
  const preload = path.join(projectRoot, 'tests/helpers/shifted-clock.mjs');
  const room = await warRoom({ env: { ...env, SHIFT_FILE: file, NODE_OPTIONS: `--import ${preload}` } });
  return {
    room,
    shift,
    async dispose() {
      await room.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
