/** Time since the machine started, sleep included: what tells a suspended machine from a stepped clock. */
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';

/** ms; whole hundredths of a second on Linux. */
export function machineUptime(): number {
  return uptime() * 1_000;
}

/** Names this start of the machine, so that uptimes of two processes can be compared; null where the kernel gives no name. */
export function machineBoot(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() || null;
  } catch {
    return null;
  }
}
