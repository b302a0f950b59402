/** The one clock an open story is ordered by, wherever open stories are listed. */
import { isClosedStatus } from '../../../shared/incidents/status.ts';
import type { ClockName, IncidentStatus } from '../../../shared/incidents/types.ts';

interface Clocked<C> {
  readonly status: IncidentStatus;
  readonly clocks: readonly C[];
}

/** The response clock of the running generation until the story is answered, then its disposal clock; null once it is closed. */
export function owedClock<C extends { readonly name: ClockName; readonly generation: number }>({ status, clocks }: Clocked<C>): C | null {
  if (isClosedStatus(status)) return null;
  const owed = status === 'responded' ? 'disposal' : 'response';
  let found: C | null = null;
  for (const clock of clocks) {
    if (clock.name === owed && (found === null || clock.generation > found.generation)) found = clock;
  }
  return found;
}
