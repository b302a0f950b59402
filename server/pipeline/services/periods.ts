/** GET /api/periods and closing one by hand (S33): which days and months are final, since when, and by whose word. */
import type { PeriodRow } from '../../../shared/kpi/periods.ts';
import { partsOf, type ClosingBook } from '../../domain/closing/closing-book.ts';
import { familyNames } from '../../domain/ledger/registry.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import { parsePeriod, type Period } from '../../domain/time/period.ts';
import { bookOf, closingsOf, recordedClosings, type ClosingReads } from '../figures/closings.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { Commit } from '../ports/commit.ts';
import type { LedgerReads } from '../ports/ledger.ts';
import { cursorOf, type PageQuery } from '../ports/page.ts';
import { isRefusal, refuse, type Refusal } from '../ports/refusal.ts';
import { dayRange } from './day-range.ts';
import type { PeriodService } from './services.ts';

export interface PeriodServiceParts {
  readonly reads: ClosingReads;
  readonly ledger: Pick<LedgerReads, 'changes'>;
  readonly commit: Commit;
  readonly calendar: Calendar;
  readonly clock: ClockPort;
}

/** Days shown where the question names none. */
const DAYS = 35;

export function createPeriodService({ reads, ledger, commit, calendar, clock }: PeriodServiceParts): PeriodService {
  return {
    async list({ from, to, ...page }) {
      const range = dayRange({ from, to }, calendar, clock.now(), DAYS);
      if (isRefusal(range)) return range;
      const closings = await closingsOf(reads, calendar);
      const all = inOrder([...partsOf(range, 'month'), ...partsOf(range, 'day')]);
      const behind = all.filter((period) => isBehind(period, page.after));
      const shown = behind.slice(0, page.limit);
      const now = clock.now();
      const periods = await Promise.all(shown.map((period) => rowOf(period, closings, now)));
      const last = shown.at(-1);
      return { periods, total: all.length, next: cursorOf(last && behind.length > shown.length ? placeOf(last) : null) };
    },

    async close(name, closing) {
      const period = parsePeriod('month', name) ?? parsePeriod('day', name);
      if (!period) {
        const detail = `“${name}” names no month, such as 2026-11, and no day; weeks, quarters and years close with the last of what they hold`;
        return refuse(400, 'bad_period', detail, { path: 'name' });
      }
      const recorded = await recordedClosings(reads);
      const outcome = await commit(async (tx, touch, at) => {
        const key = closing.commandId === undefined ? undefined : `close-period ${closing.commandId}`;
        const said = key === undefined ? undefined : await tx.commandAnswer(key);
        if (said !== undefined) return said === name ? null : reused();
        // Two people closing one period at once are answered in turn.
        const refusal = await refusalOf(period, bookOf({ ...recorded, byHand: await tx.closings() }, calendar), at);
        if (refusal) return refusal;
        const { owner, reason } = closing;
        await tx.putClosing({ grain: period.grain === 'day' ? 'day' : 'month', period: period.name, at, owner, reason });
        if (key !== undefined) await tx.putCommandAnswer(key, name, at);
        touch('periods');
        return null;
      });
      return outcome ?? rowOf(period, await closingsOf(reads, calendar), clock.now());
    },
  };

  async function refusalOf(period: Period, book: ClosingBook, at: number): Promise<Refusal | undefined> {
    if (at < calendar.startOfDay(period.to)) {
      return refuse(409, 'period_running', `${period.name} is not over yet`, { present: await rowOf(period, book, at) });
    }
    const closing = book.closingOf(period);
    if (closing && closing.at <= at) {
      const who = closing.byHand ? `by ${closing.byHand.owner}` : 'by itself';
      const detail = `${period.name} was closed ${who} at ${instant(closing.at)}; a closed figure stays, and later facts are shown beside it`;
      return refuse(409, 'already_closed', detail, { present: await rowOf(period, book, at) });
    }
    if (period.grain === 'day') {
      if (book.isHistory(period) || !closing) return undefined;
      return refuse(409, 'closes_by_itself', `${period.name} closes by itself at ${instant(closing.at)}`, {
        present: await rowOf(period, book, at),
      });
    }
    const open = partsOf(period, 'day').filter((day) => !book.isHistory(day) && book.closedAt(day, at) === undefined);
    if (open.length === 0) return undefined;
    const last = Math.max(...open.map((day) => book.closingOf(day)?.at ?? 0));
    const detail = `${open.length} days of ${period.name} still take late facts, the last until ${instant(last)}; close the month after that`;
    return refuse(409, 'days_settling', detail, { present: await rowOf(period, book, at) });
  }

  async function rowOf(period: Period, book: ClosingBook, now: number): Promise<PeriodRow> {
    const closing = book.closingOf(period);
    const closedAt = book.closedAt(period, now);
    const moved = closedAt !== undefined && (await changedSince(period, closedAt, now));
    return {
      grain: period.grain === 'day' ? 'day' : 'month',
      period: period.name,
      start: calendar.formatDay(period.from),
      end: calendar.formatDay(period.to),
      state: moved ? 'restated' : book.stateOf(period, now),
      closesAt: closing ? instant(closing.at) : null,
      closedAt: closedAt === undefined ? null : instant(closedAt),
      closedBy: closedAt === undefined || !closing ? null : closing.byHand ? 'hand' : 'itself',
      owner: closing?.byHand?.owner ?? null,
      reason: closing?.byHand?.reason ?? null,
    };
  }

  async function changedSince({ from, to }: Period, after: number, until: number): Promise<boolean> {
    const found = await Promise.all(
      familyNames.map((family) => ledger.changes({ family, unit: 'day', from, to, where: [], by: [], after, until })),
    );
    return found.some((rows) => rows.length > 0);
  }
}

/** The latest end first; a month before its last day. */
function inOrder(periods: readonly Period[]): readonly Period[] {
  return [...periods].sort((a, b) => b.to - a.to || rank(a) - rank(b));
}

const rank = ({ grain }: Period): number => (grain === 'month' ? 0 : 1);
const placeOf = (period: Period) => [period.to, rank(period)] as const;

function isBehind(period: Period, after: PageQuery['after']): boolean {
  if (after === null) return true;
  const [end, grain] = after;
  return period.to < end || (period.to === end && rank(period) > grain);
}

const instant = (at: number): string => new Date(at).toISOString();

const reused = (): Refusal =>
  refuse(422, 'command_id_reused', 'This commandId was used for another period; choose a new one.', { path: 'commandId' });
