/**
 * Settles the story of the day's odd complaints before they are told: opened from history,
 * answered and closed at once, so that what follows of it joins without a clock. May be
 * repeated: after a death half way it goes on where it was.
 */
import type { IncidentDetail } from '../../shared/incidents/types.ts';
import { isRefusal, type Refusal } from '../pipeline/ports/refusal.ts';
import type { IncidentService } from '../pipeline/services/services.ts';

const ACTOR = '苏晴';
const LOOK_EVERY_MS = 20;

export interface ComplaintsParts {
  readonly incidents: Pick<IncidentService, 'openHistory' | 'command'>;
  readonly now: () => number;
  /** Resolves to false when the demo is stopping. */
  readonly wait: (ms: number) => Promise<boolean>;
}

/** @param mentionKey fact key of the story's first mention, which may not be folded yet */
export async function settleComplaints({ incidents, now, wait }: ComplaintsParts, mentionKey: string): Promise<void> {
  let incident: IncidentDetail | undefined;
  for (let attempt = 0; incident === undefined; attempt += 1) {
    // A refusal is remembered under its command's id, so every look has an id of its own.
    const by = { commandId: `demo-gripes-open-${attempt}`, actor: ACTOR };
    incident = present(await incidents.openHistory(mentionKey, by, now()));
    if (incident === undefined && !(await wait(LOOK_EVERY_MS))) return;
  }
  const { id } = incident;
  const command = (name: string) => ({ commandId: `demo-gripes-${name}`, expectedVersion: incident?.version ?? 0, actor: ACTOR });
  const text = '逐条回复并补寄配件；说明书放大版已挂到商品页。';
  if (incident.response === null) incident = present(await incidents.command(id, { ...command('respond'), type: 'respond', text }, now()));
  if (incident?.status === 'responded') await incidents.command(id, { ...command('resolve'), type: 'resolve' }, now());
}

/** The incident, also where somebody opened it before. */
function present(answer: IncidentDetail | Refusal): IncidentDetail | undefined {
  return isRefusal(answer) ? (answer.present as IncidentDetail | undefined) : answer;
}
