/**
 * The clock strip: the open stories whose deadlines matter most right now. Pure, so
 * that the wall, the incident list and a test all order them alike.
 */
import type { ClockName, ClockView, IncidentView } from '../../../shared/incidents/types.ts';
import type { StripCell } from '../../../shared/wire/views/strip.ts';

/** The clock of the running generation; undefined only for an incident that never had one. */
function latest(incident: IncidentView, name: ClockName): ClockView | undefined {
  let found: ClockView | undefined;
  for (const clock of incident.clocks) {
    if (clock.name === name && (found === undefined || clock.generation > found.generation)) found = clock;
  }
  return found;
}

function cellOf(incident: IncidentView): StripCell | null {
  const { status } = incident;
  if (status !== 'open' && status !== 'claimed' && status !== 'responded') return null;
  const clock = latest(incident, status === 'responded' ? 'disposal' : 'response');
  if (clock === undefined) return null;
  return {
    incidentId: incident.id,
    code: incident.code,
    title: incident.title,
    status,
    owner: incident.owner,
    clock: clock.name,
    dueAt: clock.dueAt,
    startedAt: clock.startedAt,
    breachedAt: clock.state === 'fired' ? clock.firedAt : null,
    latenessMs: clock.state === 'fired' ? clock.latenessMs : null,
  };
}

/** Ties go to the older code, so that two equal deadlines never swap places between two paints. */
function byDeadline(a: StripCell, b: StripCell): number {
  return a.dueAt - b.dueAt || a.code.length - b.code.length || (a.code < b.code ? -1 : 1);
}

/** Open incidents, the one whose next deadline is nearest first. */
export function byNearestDeadline(incidents: readonly IncidentView[]): readonly IncidentView[] {
  const rows = incidents.flatMap((incident) => {
    const cell = cellOf(incident);
    return cell === null ? [] : [{ incident, cell }];
  });
  return rows.sort((a, b) => byDeadline(a.cell, b.cell)).map((row) => row.incident);
}

/**
 * At most `max` cells, nearest deadline first, and how many open incidents are left out.
 * Where old breaches would fill every cell, the last one goes to the nearest deadline that
 * can still be kept: a wall that shows only what is lost helps nobody.
 */
export function stripOf(
  incidents: readonly IncidentView[],
  now: number,
  max: number,
): { readonly cells: readonly StripCell[]; readonly more: number } {
  const all = incidents
    .map(cellOf)
    .filter((cell) => cell !== null)
    .sort(byDeadline);
  const cells = all.slice(0, max);
  const running = all.find((cell) => cell.dueAt > now && cell.breachedAt === null);
  if (running !== undefined && cells.length > 1 && !cells.includes(running)) cells[cells.length - 1] = running;
  return { cells, more: all.length - cells.length };
}
