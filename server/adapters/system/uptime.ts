/** The time since the machine started, including sleep. It distinguishes a machine that was suspended from a clock that was set. */
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';

/** Uptime in ms, on Linux in steps of 10 ms. */
export function machineUptime(): number {
  return uptime() * 1_000;
}

/** Id of the current boot of the machine, so that the uptimes of two processes can be compared; null where the kernel offers none. */
export function machineBoot(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() || null;
  } catch {
    return null;
  }
}
