/**
 * Opens an incident for the first of a demo story's complaints, lets the others that are history join it, answers it and
 * closes it at once, so that complaints published after it join a closed incident and start no clock.
 * Calling it again is safe: after a crash half way it continues with the step that is missing.
 */
import type { IncidentDetail } from '../../shared/incidents/types.ts';
import { isRefusal, type Refusal } from '../pipeline/ports/refusal.ts';
import type { IncidentService } from '../pipeline/services/services.ts';

const ACTOR = '苏晴';
const RETRY_MS = 20;

export interface ComplaintsParts {
  readonly incidents: Pick<IncidentService, 'openHistory' | 'command'>;
  readonly now: () => number;
  /** Waits; resolves to false when the demo is being stopped. */
  readonly wait: (ms: number) => Promise<boolean>;
}

/**
 * @param mentionKey fact key of the story's first mention, which may not be folded yet
 * @param others keys of those that join it
 */
export async function settleComplaints(
  { incidents, now, wait }: ComplaintsParts,
  mentionKey: string,
  others: readonly string[] = [],
): Promise<void> {
  const open = async (key: string): Promise<IncidentDetail | undefined> => {
    for (let attempt = 0; ; attempt += 1) {
      // The service remembers a refusal under its command id, so every attempt needs an id of its own.
      const by = { commandId: `demo-complaints-${key}-${attempt}`, actor: ACTOR };
      const found = present(await incidents.openHistory(key, by, now()));
      if (found !== undefined || !(await wait(RETRY_MS))) return found;
    }
  };
  let incident = await open(mentionKey);
  for (const other of others) incident = (incident && (await open(other))) ?? incident;
  if (incident === undefined) return;
  const { id } = incident;
  const command = (name: string) => ({ commandId: `demo-complaints-${id}-${name}`, expectedVersion: incident?.version ?? 0, actor: ACTOR });
  const text = '逐条回复并补寄配件；说明书放大版已挂到商品页。';
  if (incident.response === null) incident = present(await incidents.command(id, { ...command('respond'), type: 'respond', text }, now()));
  if (incident?.status === 'responded') await incidents.command(id, { ...command('resolve'), type: 'resolve' }, now());
}

/** The incident of an answer; a refusal because the incident is open already carries it too. */
function present(answer: IncidentDetail | Refusal): IncidentDetail | undefined {
  return isRefusal(answer) ? (answer.present as IncidentDetail | undefined) : answer;
}
