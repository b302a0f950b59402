/**
 * What people do to incidents. Every command is one store transaction; the store runs one
 * at a time, so of many claims at once exactly one finds the incident unclaimed [C2].
 */
import * as z from 'zod';
import type { IncidentCommand, IncidentDetail } from '../../../shared/incidents/types.ts';
import type { IncidentRefusal } from '../../domain/incidents/refusal.ts';
import type { Incident } from '../../domain/incidents/types.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import { answeredOnce, type CommandOutcome } from '../incidents/command-answers.ts';
import { openHistoryMention } from '../incidents/open-history.ts';
import { runSingleCommand } from '../incidents/single-command.ts';
import { runMerge, runSplit } from '../incidents/two-story-commands.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { Commit } from '../ports/commit.ts';
import type { StoreReads } from '../ports/reads.ts';
import type { StoreTx } from '../ports/transaction.ts';
import { cursorOf } from '../ports/page.ts';
import { refuse, type Refusal } from '../ports/refusal.ts';
import type { IncidentService } from './services.ts';

const keptDismissal = z.object({ subject: z.string(), dismissed: z.int() });

function repeatedDismissal(answered: string, subject: string): { readonly dismissed: number } | Refusal {
  const kept = keptDismissal.safeParse(JSON.parse(answered));
  if (kept.success && kept.data.subject === subject) return { dismissed: kept.data.dismissed };
  return refuse(422, 'command_id_reused', 'This commandId was used for another command.', { path: 'commandId' });
}

export interface IncidentServiceParts {
  readonly reads: StoreReads;
  readonly commit: Commit;
  readonly calendar: Calendar;
  readonly clock: ClockPort;
  readonly exposure: IncidentService['exposure'];
}

type Acted = Omit<CommandOutcome, 'subject'>;

async function act(tx: StoreTx, id: string, command: IncidentCommand, receivedAt: number, calendar: Calendar): Promise<Acted> {
  const incident = await tx.incident(id);
  if (incident === undefined) return { incidentId: null, refusal: { status: 404, code: 'unknown_incident', detail: 'No such incident.' } };
  const refusal = await decided(tx, incident, command, receivedAt, calendar);
  return { incidentId: id, refusal: refusal ? { status: refusal.status, code: refusal.code, detail: refusal.detail } : null };
}

function decided(
  tx: StoreTx,
  incident: Incident,
  command: IncidentCommand,
  receivedAt: number,
  calendar: Calendar,
): Promise<IncidentRefusal | undefined> {
  switch (command.type) {
    case 'merge':
      return runMerge(tx, incident, command, receivedAt);
    case 'split':
      return runSplit(tx, incident, command, receivedAt, calendar);
    default:
      return runSingleCommand(tx, incident, command, receivedAt);
  }
}

export function createIncidentService({ reads, commit, calendar, clock, exposure }: IncidentServiceParts): IncidentService {
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
    spread: (id) => reads.incidentSpread(id, clock.now()),
    exposure,
    draft: (id, person) => reads.incidentDraft(id, person),
    async putDraft(id, draft, receivedAt) {
      // Nothing that screens show depends on a draft, so nothing is touched.
      await commit((tx) => tx.putIncidentDraft(id, draft, receivedAt));
      return reads.incidentDraft(id, draft.person);
    },
    dismissPending: ({ commandId, actor, reason, mentionKeys }, receivedAt) =>
      commit(async (tx, touch) => {
        const subject = `dismiss ${JSON.stringify(mentionKeys ?? 'all')}`;
        const answered = await tx.commandAnswer(commandId);
        if (answered !== undefined) return repeatedDismissal(answered, subject);
        const { brands } = await tx.policies();
        const done = await tx.dismissPending({ keys: mentionKeys ?? null, own: brands.own, actor, reason, at: receivedAt });
        await tx.putCommandAnswer(commandId, JSON.stringify({ subject, dismissed: done }), receivedAt);
        if (done > 0) touch('incidents');
        return { dismissed: done };
      }),
    async audit(id, query) {
      const page = await reads.audit(id, query);
      return page && { audit: page.rows, total: page.total, next: cursorOf(page.next) };
    },
    command: (id, command, receivedAt) =>
      run({ commandId: command.commandId, subject: `${command.type} ${id}` }, receivedAt, (tx) =>
        act(tx, id, command, receivedAt, calendar),
      ),
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
