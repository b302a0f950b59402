/** A gap in a log keeps its source red until a person acknowledges it, also after a restart [I3, I12]. */
import { gapInWords } from '../pipeline/ingest/partition-start.ts';
import { Unavailable } from '../pipeline/ports/errors.ts';
import type { Commit } from '../pipeline/ports/commit.ts';
import type { LogConsumer } from '../pipeline/ports/log.ts';
import type { StoreReads } from '../pipeline/ports/reads.ts';

export interface OpenGaps {
  /** Shows the gaps that an earlier process found on the source. */
  show(): Promise<void>;
  /** Acknowledges every open gap and resolves to their number. */
  acknowledge(actor: string): Promise<number>;
}

export function createOpenGaps(reads: Pick<StoreReads, 'gaps'>, commit: Commit, consumer: Pick<LogConsumer, 'showGap'>): OpenGaps {
  return {
    async show() {
      try {
        const open = (await reads.gaps()).filter(({ acknowledgedBy }) => acknowledgedBy === null);
        const newest = open.at(-1);
        if (!newest) return;
        const more = open.length > 1 ? ` ${open.length - 1} more gaps are open.` : '';
        consumer.showGap(gapInWords(newest) + more);
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
      }
    },
    async acknowledge(actor) {
      const acknowledged = await commit(async (tx, touch, at) => {
        const count = await tx.acknowledgeGaps(actor, at);
        if (count > 0) touch('sources');
        return count;
      });
      consumer.showGap(null);
      return acknowledged;
    },
  };
}
