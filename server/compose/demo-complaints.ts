/**
 * Opens an incident for the first of the demo day's odd complaints, answers it and closes it at
 * once, so that the complaints published after it join a closed incident and start no clock.
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

/** @param mentionKey fact key of the story's first mention, which may not be folded yet */
export async function settleComplaints({ incidents, now, wait }: ComplaintsParts, mentionKey: string): Promise<void> {
  let incident: IncidentDetail | undefined;
  for (let attempt = 0; incident === undefined; attempt += 1) {
    // The service remembers a refusal under its command id, so every attempt needs an id of its own.
    const by = { commandId: `demo-complaints-open-${attempt}`, actor: ACTOR };
    incident = present(await incidents.openHistory(mentionKey, by, now()));
    if (incident === undefined && !(await wait(RETRY_MS))) return;
  }
  const { id } = incident;
  const command = (name: string) => ({ commandId: `demo-complaints-${name}`, expectedVersion: incident?.version ?? 0, actor: ACTOR });
  const text = '逐条回复并补寄配件；说明书放大版已挂到商品页。';
  if (incident.response === null) incident = present(await incidents.command(id, { ...command('respond'), type: 'respond', text }, now()));
  if (incident?.status === 'responded') await incidents.command(id, { ...command('resolve'), type: 'resolve' }, now());
}

/** The incident of an answer; a refusal because the incident is open already carries it too. */
function present(answer: IncidentDetail | Refusal): IncidentDetail | undefined {
  return isRefusal(answer) ? (answer.present as IncidentDetail | undefined) : answer;
}
