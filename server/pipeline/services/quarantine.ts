/** What people do with quarantined records [I9]: look, send again once mended or the reader is, discard with a reason. */
import type { ClockPort } from '../ports/clock.ts';
import type { Commit } from '../ports/commit.ts';
import type { StoreReads } from '../ports/reads.ts';
import type { ReplayableIntake } from './event-intake.ts';
import { cursorOf } from '../ports/page.ts';
import { refuse } from '../ports/refusal.ts';
import type { QuarantineTasks } from './quarantine-tasks.ts';
import type { QuarantineService } from './services.ts';

export interface QuarantineParts {
  readonly reads: StoreReads;
  readonly commit: Commit;
  readonly intake: ReplayableIntake;
  readonly clock: ClockPort;
  readonly tasks: Pick<QuarantineTasks, 'begin' | 'task'>;
}

export function createQuarantineService({ reads, commit, intake, clock, tasks }: QuarantineParts): QuarantineService {
  const close = (id: number, state: 'replayed' | 'discarded', actor: string, reason: string): Promise<boolean> =>
    commit(async (tx, touch, at) => {
      const done = await tx.closeQuarantine(id, state, actor, reason, at);
      if (done) touch('quarantine');
      return done;
    });

  /** The one refusal of a row that is not there, whatever was asked of it. */
  const missing = () => refuse(404, 'unknown_row', 'there is no quarantined record with this id');
  const notOpen = (id: number) => refuse(409, 'not_open', `record ${id} was replayed or discarded already`);

  return {
    async list({ limit, after, ...filter }) {
      const { total, rows } = await reads.quarantine({ ...filter, limit: limit + 1, ...(after === null ? {} : { before: after[0] }) });
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return { rows: page, total, next: rows.length > limit && last ? cursorOf([last.id, 0]) : null };
    },
    raw: async (id) => (await reads.quarantineRaw(id)) ?? missing(),

    /** Ordinary checks, ordinary log. What is bad again stays open under its old row, and the answer says why. */
    async replay(id, actor) {
      const row = await findRow(reads, id);
      const raw = row && (await reads.quarantineRaw(id));
      if (!row || !raw) return missing();
      if (row.state !== 'open') return notOpen(id);
      if (raw.length < row.length)
        return refuse(
          422,
          'raw_cut',
          `only the first ${raw.length} of ${row.length} bytes were kept; send the event again from its source`,
        );
      const answer = await intake.resubmit(raw, { id: `replay-${id}`, receivedAt: clock.now() });
      // Sent before closed: a crash between the two leaves it open, and a second replay is a duplicate.
      if (answer.outcome === 'accepted' || answer.outcome === 'duplicate') await close(id, 'replayed', actor, answer.outcome);
      return answer;
    },

    async discard(id, actor, reason) {
      if (await close(id, 'discarded', actor, reason)) return { discarded: true };
      return (await findRow(reads, id)) ? notOpen(id) : missing();
    },

    replayMany: (filter, actor) => tasks.begin({ action: 'replay', actor }, filter),
    discardMany: (filter, actor, reason) => tasks.begin({ action: 'discard', actor, reason }, filter),
    task: (id) => tasks.task(id),
  };
}

/** The port lists newest first; `before` is exclusive, so the row is the first one before its successor. */
async function findRow(reads: StoreReads, id: number) {
  const { rows } = await reads.quarantine({ limit: 1, before: id + 1 });
  const row = rows[0];
  return row?.id === id ? row : undefined;
}
