/**
 * Looks every minute whether the roster has gaps in the coming week, and tells the lead of each once. Who was told is a
 * row of the same transaction as the message, so a restart tells nobody twice. A gap that nobody can be told of stays
 * untold until somebody has a contact.
 */
import type { Roster } from '../../../shared/incidents/roster.ts';
import { comingGaps } from '../../domain/escalation/coming-gaps.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { Commit } from '../ports/commit.ts';
import type { Logger } from '../ports/logger.ts';
import type { Timers } from '../ports/timers.ts';
import type { StoreTx } from '../ports/transaction.ts';
import { rosterOf } from './call-people.ts';
import { gapMessages, startOf, toldOfGaps } from './gap-messages.ts';
import { createRepetition } from './repetition.ts';

const EVERY_MS = 60_000;

export interface GapWatchParts {
  readonly commit: Commit;
  readonly calendar: Calendar;
  readonly clock: ClockPort;
  readonly timers: Timers;
  readonly logger: Logger;
}

export interface GapWatch {
  /** Resolves after `stop`; rejects on a bug. */
  run(): Promise<void>;
  stop(): Promise<void>;
  /** One look. */
  look(): Promise<void>;
}

/** How many gaps somebody was told of. */
async function tellOfGaps(tx: StoreTx, calendar: Calendar, now: number): Promise<number> {
  const roster: Roster = await tx.roster();
  const book = await rosterOf(tx);
  // A workspace without a roster calls nobody, which screens say.
  if (book.empty) return 0;
  const { ladder } = await tx.policies();
  const gaps = comingGaps(book, ladder.steps[0]?.to ?? [], now);
  const told = new Set(gaps.length === 0 ? [] : await tx.toldGaps(gaps.map(startOf)));
  const news = gaps.filter((gap) => !told.has(startOf(gap)));
  const people = toldOfGaps(book, roster.people, now);
  if (news.length === 0 || people.length === 0) return 0;
  await tx.putOutbox(gapMessages(news, people, calendar, now));
  await tx.putToldGaps(news.map(startOf), now);
  return news.length;
}

export function createGapWatch({ commit, calendar, clock, timers, logger }: GapWatchParts): GapWatch {
  async function look(): Promise<void> {
    const gaps = await commit((tx) => tellOfGaps(tx, calendar, clock.now()));
    if (gaps > 0) logger.warn({ gaps }, 'the lead is told of gaps in the roster');
  }
  const { run, stop } = createRepetition({
    ...{ timers, everyMs: EVERY_MS, work: look },
    onUnavailable: (error) => logger.error({ code: error.code, error }, 'gaps in the roster cannot be looked for; trying again'),
  });
  return { look, run, stop };
}
