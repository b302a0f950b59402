/**
 * The clock strip: the open stories whose deadlines matter most right now. Pure, so
 * that the wall, the incident list and a test all order them alike.
 */
import { isClosedStatus } from '../../../shared/incidents/status.ts';
import type { IncidentView } from '../../../shared/incidents/types.ts';
import type { StripCell, UrgencyCounts } from '../../../shared/wire/views/strip.ts';
import { FIRE_BELOW_MS, SOON_BELOW_MS } from '../../../shared/wire/constants.ts';
import { owedClock } from './owed-clock.ts';

export function cellOf(incident: IncidentView): StripCell | null {
  const { status } = incident;
  const clock = owedClock(incident);
  if (clock === null || isClosedStatus(status)) return null;
  const earlier = incident.clocks.filter(({ generation }) => generation < clock.generation);
  return {
    incidentId: incident.id,
    code: incident.code,
    title: incident.title,
    status,
    // Who answered is named on an answered story: that need not be who claimed it.
    owner: status === 'responded' ? (incident.respondedBy ?? incident.owner) : incident.owner,
    clock: clock.name,
    dueAt: clock.dueAt,
    startedAt: clock.startedAt,
    breachedAt: clock.state === 'fired' ? clock.firedAt : null,
    latenessMs: clock.state === 'fired' ? clock.latenessMs : null,
    grade: incident.severity.grade,
    round: clock.generation,
    earlierBreached: earlier.some(({ state }) => state === 'fired'),
    paused: incident.pause !== null && clock.name === 'disposal',
    drill: incident.drill,
  };
}

/** Ties go to the older code, so that two equal deadlines never swap places between two paints. */
function byDeadline(a: StripCell, b: StripCell): number {
  return a.dueAt - b.dueAt || a.code.length - b.code.length || (a.code < b.code ? -1 : 1);
}

/** Which of the counts a deadline belongs to. */
function urgencyOf({ dueAt, breachedAt }: StripCell, now: number): keyof UrgencyCounts {
  if (breachedAt !== null || dueAt <= now) return 'breached';
  if (dueAt - now < FIRE_BELOW_MS) return 'fire';
  return dueAt - now < SOON_BELOW_MS ? 'soon' : 'calm';
}

/**
 * At most `max` cells, nearest deadline first, and how many open incidents are left out, by urgency. `incidents` holds at
 * least the first `max` of the open ones and the first whose deadline lies ahead: nothing else can get a cell. `open` counts
 * all of them. Where old breaches would fill every cell, the last one goes to the nearest deadline that can still be kept: a
 * wall that shows only what is lost helps nobody.
 */
export function stripOf(
  incidents: readonly IncidentView[],
  open: UrgencyCounts,
  now: number,
  max: number,
): { readonly cells: readonly StripCell[]; readonly left: UrgencyCounts } {
  const known = incidents
    .map(cellOf)
    .filter((cell) => cell !== null)
    .sort(byDeadline);
  const cells = known.slice(0, max);
  const running = known.find((cell) => cell.dueAt > now && cell.breachedAt === null);
  if (running !== undefined && cells.length > 1 && !cells.includes(running)) cells[cells.length - 1] = running;
  const left = { ...open };
  for (const cell of cells) left[urgencyOf(cell, now)] = Math.max(0, left[urgencyOf(cell, now)] - 1);
  return { cells, left };
}
