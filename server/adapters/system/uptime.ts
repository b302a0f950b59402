/** Time since the machine started, sleep included: what tells a suspended machine from a stepped clock. */
import { uptime } from 'node:os';

/** ms; whole hundredths of a second on Linux. */
export function machineUptime(): number {
  return uptime() * 1_000;
}
