/** Sends targets: as a dry run, which writes nothing, or for good. */
import type { Target } from '../../shared/kpi/targets.ts';
import { ask, type Answer } from '../wire/ask.ts';
import type { Fault, Field, ReadRow } from './read-targets.ts';
import { fields } from './read-targets.ts';

export interface TargetChange {
  readonly target: Target;
  readonly change: 'added' | 'superseded' | 'unchanged' | 'not_in_force';
  readonly previousValue: number | null;
}
export interface TargetChanges {
  readonly dryRun: boolean;
  readonly changes: readonly TargetChange[];
}

/** Asks what these targets would change. */
export const tryTargets = (targets: readonly Target[], restate = false): Promise<Answer<TargetChanges>> => send({ targets }, true, restate);

/** Sets the targets of a dry run, unless somebody has set one of them since. */
export function putTargets(targets: readonly Target[], tried: readonly TargetChange[], restate = false): Promise<Answer<TargetChanges>> {
  return send({ targets, basedOn: tried.map(({ previousValue }) => previousValue) }, false, restate);
}

function send(body: object, dryRun: boolean, restate: boolean): Promise<Answer<TargetChanges>> {
  return ask(`/api/targets?dryRun=${String(dryRun)}${restate ? '&restate=true' : ''}`, { method: 'PUT', body });
}

/** The field that a path of the server means: `targets[3].value`, `targets[0].dimension.channel`. */
export function fieldOfPath(path: string): { readonly index: number; readonly field: Field | null } | undefined {
  const match = /^targets\[(\d+)\](?:\.(?:dimension\.)?(\w+))?/u.exec(path);
  if (!match) return undefined;
  const name = match[2] === 'effectiveFrom' ? 'since' : match[2] === 'grain' ? 'period' : match[2];
  return { index: Number(match[1]), field: fields.find((field) => field === name) ?? null };
}

export interface DryRun {
  readonly rows: readonly ReadRow[];
  readonly changes: readonly TargetChange[];
  readonly faults: readonly Fault[];
}

/** The server names one row at fault at a time: that row is set aside, and the others are asked again. */
export async function dryRunRows(
  rows: readonly ReadRow[],
  attempt: typeof tryTargets = tryTargets,
): Promise<{ readonly outcome: 'ok'; readonly value: DryRun } | Exclude<Answer<never>, { outcome: 'ok' }>> {
  let left = rows;
  const faults: Fault[] = [];
  while (left.length > 0) {
    const answer = await attempt(left.map(({ target }) => target));
    if (answer.outcome === 'ok') return { outcome: 'ok', value: { rows: left, changes: answer.value.changes, faults } };
    const at = answer.outcome === 'unreachable' || answer.problem.path === undefined ? undefined : fieldOfPath(answer.problem.path);
    const row = at && left[at.index];
    if (!row || answer.outcome === 'unreachable') return answer;
    faults.push({ line: row.line, column: at.field, code: 'server', text: answer.problem.detail });
    left = left.filter((one) => one !== row);
  }
  return { outcome: 'ok', value: { rows: [], changes: [], faults } };
}
