/**
 * The sums the wall asks for again and again, in memory: read from the ledger when a question is first asked, carried on by
 * the rows of every commit since. A wall with a million orders behind it is then answered without the ledger, also while the
 * ledger is being rebuilt or is gone.
 *
 * What is kept: sums of every measure as of a moment that goes on with the clock (now, or this time yesterday), each by the
 * question that asked for it, beside the first rows that hold only later. Where these end the question is asked again.
 * A question by steps, one with another cut, one about a moment the sums have passed (a clock that was set back) and one with
 * more than `QUESTION_MOST` groups is asked of the ledger each time. A question nobody asked for `KEEP_MS` is dropped; above
 * `TOTAL_MOST` groups in all those asked longest ago are.
 */
import type { Calendar } from '../../domain/time/calendar.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { AppendedRows } from '../ports/commit.ts';
import type { LedgerAsk } from '../figures/ask-kpis.ts';
import { Unavailable } from '../ports/errors.ts';
import type { LedgerReads, SumQuestion, SumRow } from '../ports/ledger.ts';
import { holdSum, isHeldUnit, rowSpans, type HeldQuestion, type HeldSum, type RowSpan } from './held-sum.ts';

const QUESTION_MOST = 20_000;
const TOTAL_MOST = 100_000;
const KEEP_MS = 600_000;
/** Rows kept aside of one question before those whose time has come are taken in; no more are asked of the ledger. */
const ASIDE_MOST = 1_000;
/** Rows of commits kept while the ledger answers a first question. */
const BUFFER_MOST = 500_000;

/** Sums from memory where they are held; distinct counts come from the ledger each time. */
export interface RunningSums extends LedgerAsk {
  sums(questions: readonly SumQuestion[]): Promise<readonly (readonly SumRow[])[]>;
  /** After each commit, in the order of the commits and before screens are told of it. */
  onCommit(appended: AppendedRows | undefined): void;
  /** Groups and rows in memory. */
  size(): number;
}

export interface RunningSumsParts {
  readonly ledger: Pick<LedgerReads, 'ask' | 'sumsAt'>;
  readonly calendar: Pick<Calendar, 'dayOf' | 'hourBucket'>;
  readonly clock: ClockPort;
}

interface Held {
  readonly sum: HeldSum;
  /** The newest block in it. */
  position: number;
  /** Monotonic. */
  askedAt: number;
  /** How far behind the clock the moments were that it answered, at most. */
  lagMs: number;
}
interface Block {
  readonly position: number;
  readonly spans: readonly RowSpan[];
}
interface Wanted {
  readonly question: HeldQuestion;
  readonly key: string;
  readonly asOf: number;
}

export function createRunningSums({ ledger, calendar, clock }: RunningSumsParts): RunningSums {
  const held = new Map<string, Held>();
  /** Questions with too many groups, with when that was seen, monotonic. */
  const large = new Map<string, number>();
  const loading = new Map<string, Promise<void>>();
  /** Commits since the oldest first question that is not answered yet. */
  let blocks: Block[] = [];
  let buffered = 0;
  let loads = 0;
  let newest = 0;
  let tidyAt = 0;

  /** A question that may be held, without its cut; undefined for any other. */
  function wantedOf(question: SumQuestion): Wanted | undefined {
    if (!isHeldUnit(question)) return undefined;
    const { cut, measures: _all, ...range } = question;
    if (cut?.asOf === undefined || cut.knownAt !== undefined || cut.asOf > clock.now()) return undefined;
    const key = JSON.stringify(range);
    return large.has(key) ? undefined : { question: range, key, asOf: cut.asOf };
  }

  function load(wanted: readonly Wanted[]): Promise<unknown> {
    const missing = new Map(wanted.filter(({ key }) => !loading.has(key)).map((one) => [one.key, one]));
    const moments = new Set([...missing.values()].map(({ asOf }) => asOf));
    for (const moment of moments) {
      const together = [...missing.values()].filter(({ asOf }) => asOf === moment);
      const running = read(together, moment).finally(() => together.forEach(({ key }) => loading.delete(key)));
      for (const { key } of together) loading.set(key, running);
    }
    return Promise.all(new Set(wanted.flatMap(({ key }) => loading.get(key) ?? [])));
  }

  async function read(wanted: readonly Wanted[], asOf: number): Promise<void> {
    const seen = newest;
    loads += 1;
    try {
      const questions = wanted.map(({ question }) => question);
      const { position, sums, ahead } = await ledger.sumsAt(questions, asOf, ASIDE_MOST);
      const missed = blocks.filter((block) => block.position > position);
      const follows = missed.every((block, i) => block.position === position + 1 + i);
      if (position < seen || !follows || buffered > BUFFER_MOST) {
        throw new Unavailable('ledger_behind', 'the rows of the commits since the question do not follow what the ledger answered');
      }
      wanted.forEach(({ question, key }, i) => {
        const { rows = [], upTo = Infinity } = ahead[i] ?? {};
        const sum = holdSum(question, { asOf, sums: sums[i] ?? [], upTo });
        sum.add(rowSpans(rows, calendar));
        for (const block of missed) sum.add(block.spans);
        held.set(key, { sum, position: missed.at(-1)?.position ?? position, askedAt: clock.monotonic(), lagMs: 0 });
      });
    } finally {
      loads -= 1;
      if (loads === 0) {
        blocks = [];
        buffered = 0;
      }
    }
  }

  /** Keeps what is in memory below its bounds. */
  function tidy(): void {
    const now = clock.monotonic();
    for (const [key, { sum, askedAt }] of held) {
      if (now - askedAt > KEEP_MS) held.delete(key);
      else if (sum.size() > QUESTION_MOST) {
        held.delete(key);
        large.set(key, now);
      }
    }
    for (const [key, seenAt] of large) if (now - seenAt > KEEP_MS) large.delete(key);
    let total = size();
    for (const [key, { sum }] of [...held].sort(([, a], [, b]) => a.askedAt - b.askedAt)) {
      if (total <= TOTAL_MOST) return;
      held.delete(key);
      total -= sum.size();
    }
  }
  const size = (): number => [...held.values()].reduce((total, { sum }) => total + sum.size(), 0);

  function answerOf(one: Wanted | undefined): readonly SumRow[] | undefined {
    const found = one && held.get(one.key);
    if (!found) return undefined;
    found.askedAt = clock.monotonic();
    const answer = found.sum.at(one.asOf);
    if (answer) found.lagMs = Math.max(found.lagMs, clock.now() - one.asOf);
    return answer;
  }

  async function sums(questions: readonly SumQuestion[]): Promise<readonly (readonly SumRow[])[]> {
    const wanted = questions.map(wantedOf);
    const holdable = wanted.filter((one) => one !== undefined);
    const unheld = holdable.filter(({ key, asOf }) => held.get(key)?.sum.reaches(asOf) !== true);
    if (unheld.length > 0) await load(unheld);
    const answers = wanted.map(answerOf);
    tidy();
    const open = questions.filter((_, i) => answers[i] === undefined);
    if (open.length === 0) return answers.map((answer) => answer ?? []);
    const asked = [...(await ledger.ask(open))];
    return answers.map((answer) => answer ?? asked.shift() ?? []);
  }

  return {
    sums,
    async ask(questions) {
      const distinct = questions.filter((question) => question.ask !== 'sums');
      const [summed, counted] = await Promise.all([
        sums(questions.filter((question) => question.ask === 'sums')),
        distinct.length === 0 ? [] : ledger.ask(distinct),
      ]);
      const [ofSums, ofCounts] = [[...summed], [...counted]];
      return questions.map((question) => (question.ask === 'sums' ? ofSums.shift() : ofCounts.shift()) ?? []);
    },
    onCommit(appended) {
      if (!appended) return;
      newest = appended.position;
      if (held.size === 0 && loads === 0) return;
      const block: Block = { position: appended.position, spans: rowSpans(appended.rows, calendar) };
      if (loads > 0) {
        buffered += appended.rows.length;
        if (buffered <= BUFFER_MOST) blocks.push(block);
      }
      for (const [key, one] of held) {
        if (block.position <= one.position) continue;
        // A block that was not told of: what is held is no longer the sum of all rows.
        if (block.position !== one.position + 1) {
          held.delete(key);
          continue;
        }
        one.position = block.position;
        one.sum.add(block.spans);
        if (one.sum.aside() > ASIDE_MOST) one.sum.at(clock.now() - one.lagMs);
      }
      if (clock.monotonic() < tidyAt) return;
      tidyAt = clock.monotonic() + KEEP_MS / 10;
      tidy();
    },
    size,
  };
}
