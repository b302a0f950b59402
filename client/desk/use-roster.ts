/** The people of the roster and who is on duty. Until there is a roster, names are free text. */
import { useMemo } from 'react';
import { useAsked } from '../desk-kit/use-asked.ts';
import { useScreen } from '../state/screen-context.tsx';
import { dutyAt, type Duty, type Roster } from './duty.ts';

interface PolicyAnswer<V> {
  readonly value: V;
}

const REFRESH_MS = 300_000;
const MINUTE_MS = 60_000;

export interface RosterView {
  /** Names to choose from; empty = there is no roster. */
  readonly people: readonly string[];
  readonly duty: readonly Duty[];
}

export function useRoster(): RosterView {
  const roster = useAsked<PolicyAnswer<Roster>>('/api/policies/roster', { everyMs: REFRESH_MS }).value?.value;
  const minute = useScreen((screen) => Math.floor(screen.now / MINUTE_MS) * MINUTE_MS);
  return useMemo(
    () => ({
      people: [...new Set((roster?.people ?? []).map(({ name }) => name))],
      duty: roster === undefined ? [] : dutyAt(roster, minute),
    }),
    [roster, minute],
  );
}
