/**
 * What people do to incidents. Every command is one store transaction; the store runs one
 * at a time, so of many claims at once exactly one finds the incident unclaimed [C2].
 */
import type { IncidentCommand, IncidentDetail } from '../../../shared/incidents/types.ts';
import { decideCommand, isIncidentRefusal } from '../../domain/incidents/decide-command.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import { answeredOnce, type CommandOutcome } from '../incidents/command-answers.ts';
import { incidentBatch } from '../incidents/batch.ts';
import { openHistoryMention } from '../incidents/open-history.ts';
import type { Commit } from '../ports/commit.ts';
import type { StoreReads } from '../ports/reads.ts';
import type { StoreTx } from '../ports/transaction.ts';
import { cursorOf } from '../ports/page.ts';
import { refuse, type Refusal } from '../ports/refusal.ts';
import type { IncidentService } from './services.ts';

export interface IncidentServiceParts {
  readonly reads: StoreReads;
  readonly commit: Commit;
  readonly calendar: Calendar;
}

type Acted = Omit<CommandOutcome, 'subject'>;

async function act(tx: StoreTx, id: string, command: IncidentCommand, receivedAt: number): Promise<Acted> {
  const incident = await tx.incident(id);
  if (incident === undefined) return { incidentId: null, refusal: { status: 404, code: 'unknown_incident', detail: 'No such incident.' } };
  const { sla } = await tx.policies();
  const decision = decideCommand(incident, command, { arrivedAt: receivedAt, sla });
  if (isIncidentRefusal(decision)) return { incidentId: id, refusal: { status: 409, code: decision.code, detail: decision.detail } };
  const batch = incidentBatch();
  for (const event of decision) {
    if (event.action !== 'clock_fired') continue;
    // A late answer came before the scanner: the breach it leaves is written by the same condition as the scanner's [T4].
    const { clock, generation, latenessMs } = event.detail;
    await tx.fireClock(id, clock, generation, event.at, latenessMs);
  }
  batch.add(id, incident, decision);
  await batch.write(tx);
  return { incidentId: id, refusal: null };
}

export function createIncidentService({ reads, commit, calendar }: IncidentServiceParts): IncidentService {
  async function run(
    command: { commandId: string; subject: string },
    receivedAt: number,
    work: (tx: StoreTx) => Promise<Acted>,
  ): Promise<IncidentDetail | Refusal> {
    const outcome = await commit((tx, touch) =>
      answeredOnce(tx, { ...command, at: receivedAt }, async () => {
        const acted = await work(tx);
        if (acted.refusal === null) touch('incidents');
        return acted;
      }),
    );
    const present = outcome.incidentId === null ? undefined : await reads.incident(outcome.incidentId);
    const { refusal } = outcome;
    if (refusal !== null) return refuse(refusal.status, refusal.code, refusal.detail, present === undefined ? {} : { present });
    if (present === undefined) throw new Error(`incident ${outcome.incidentId} was changed and cannot be read`);
    return present;
  }

  return {
    async list(query) {
      const { rows, total, next } = await reads.incidents(query);
      return { incidents: rows, total, next: cursorOf(next) };
    },
    get: (id) => reads.incident(id),
    async mentions(id, query) {
      const page = await reads.incidentMentions(id, query);
      return page && { mentions: page.rows, total: page.total, next: cursorOf(page.next) };
    },
    mention: (id, mentionKey) => reads.incidentMention(id, mentionKey),
    async audit(id, query) {
      const page = await reads.audit(id, query);
      return page && { audit: page.rows, total: page.total, next: cursorOf(page.next) };
    },
    command: (id, command, receivedAt) =>
      run({ commandId: command.commandId, subject: `${command.type} ${id}` }, receivedAt, (tx) => act(tx, id, command, receivedAt)),
    async pendingHistory(query) {
      const page = await reads.pendingHistory(query);
      return { ...page, next: cursorOf(page.next) };
    },
    openHistory: (mentionKey, by, receivedAt) =>
      run({ commandId: by.commandId, subject: `open_history ${mentionKey}` }, receivedAt, (tx) =>
        openHistoryMention(tx, { mentionKey, actor: by.actor, receivedAt }, calendar),
      ),
  };
}
