/**
 * Answers of the ledger, kept until a commit writes a row of a family they rest on: figures that are asked again while nothing
 * has changed cost no look at the rows. The keeping is by question, and every question here ends at a moment (`asOf`) that
 * goes on with the clock, so an answer also serves a later moment as long as no row begins to count in between.
 *
 * Rows may count from an instant still to come: a day's visits from its end, events up to two minutes ahead. These instants
 * are read once for each family and carried on by commits; an answer is kept only where they are known.
 */
import type { FamilyName } from '../../domain/ledger/registry.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { AppendedRows } from '../ports/commit.ts';
import type { LedgerAnswer, LedgerQuestion, LedgerReads } from '../ports/ledger.ts';

const ANSWERS_MOST = 1_000;
const ROWS_MOST = 100_000;
const ROWS_OF_ONE = 5_000;
/** Instants to come of one family; with more, an answer serves its own moment only. */
const AHEAD_MOST = 10_000;

interface Family {
  /** Counts the commits that wrote rows of it. */
  changes: number;
  /** Instants from which rows count, behind `floor`. */
  ahead: number[];
  /** Once `read`, every row counts from an instant up to this one, or from one in `ahead`; UTC ms. */
  floor: number;
  read: 'no' | 'running' | 'yes';
}
interface Kept {
  readonly answer: LedgerAnswer;
  readonly asOf: number | undefined;
  readonly changes: string;
}

export interface KeptAnswers {
  ask(questions: readonly LedgerQuestion[]): Promise<readonly LedgerAnswer[]>;
  /** After each commit, in their order, and after the ledger was told of it. */
  onCommit(appended: AppendedRows | undefined): void;
  /** Rows that were written before are to be looked at again. */
  forget(): void;
  /** Answers held. */
  size(): number;
}

export function createKeptAnswers({
  ledger,
  clock,
}: {
  readonly ledger: Pick<LedgerReads, 'ask' | 'instantsAhead'>;
  readonly clock: Pick<ClockPort, 'now'>;
}): KeptAnswers {
  const families = new Map<FamilyName, Family>();
  const kept = new Map<string, Kept>();
  /** What the ledger is being asked, by question. */
  const asking = new Map<string, Promise<unknown>>();
  let rows = 0;

  function familyOf(name: FamilyName): Family {
    const family = families.get(name) ?? { changes: 0, ahead: [], floor: 0, read: 'no' };
    families.set(name, family);
    if (family.read === 'no') void readAhead(name, family);
    return family;
  }

  async function readAhead(name: FamilyName, family: Family): Promise<void> {
    const asOf = clock.now();
    family.read = 'running';
    try {
      family.ahead.push(...(await ledger.instantsAhead(name, asOf, AHEAD_MOST + 1)));
      family.floor = Math.max(family.floor, asOf);
      family.read = 'yes';
    } catch {
      // The ledger cannot be asked now: the next question about the family tries again.
      family.read = 'no';
    }
  }

  const familiesOf = (question: LedgerQuestion): readonly Family[] =>
    [question.family, ...(question.ask === 'followed' ? question.followers.map(({ family }) => family) : [])].map(familyOf);
  const changesOf = (question: LedgerQuestion): string =>
    familiesOf(question)
      .map(({ changes }) => changes)
      .join(' ');

  /** Whether no row begins to count between two moments, the second one later. */
  function still(question: LedgerQuestion, from: number, to: number): boolean {
    return familiesOf(question).every(
      ({ ahead, floor, read }) =>
        read === 'yes' && from >= floor && ahead.length <= AHEAD_MOST && !ahead.some((since) => since > from && since <= to),
    );
  }

  function serves(one: Kept | undefined, question: LedgerQuestion): one is Kept {
    if (!one || one.changes !== changesOf(question)) return false;
    const asOf = question.cut?.asOf;
    if (asOf === one.asOf) return question.ask !== 'followed' || allSettled(one.answer);
    if (asOf === undefined || one.asOf === undefined || asOf < one.asOf) return false;
    return still(question, one.asOf, asOf) && (question.ask !== 'followed' || allSettled(one.answer));
  }

  function keep(question: LedgerQuestion, key: string, answer: LedgerAnswer, changes: string): void {
    if (answer.length > ROWS_OF_ONE || changes !== changesOf(question)) return;
    drop(key);
    kept.set(key, { answer, asOf: question.cut?.asOf, changes });
    rows += answer.length;
    // The map is in the order of keeping: the oldest comes first.
    for (const old of kept.keys()) {
      if (kept.size <= ANSWERS_MOST && rows <= ROWS_MOST) return;
      drop(old);
    }
  }
  function drop(key: string): void {
    rows -= kept.get(key)?.answer.length ?? 0;
    kept.delete(key);
  }

  /** What the ledger is being asked of these questions by somebody else. */
  function askedByOthers(questions: readonly LedgerQuestion[]): readonly Promise<unknown>[] {
    const open = questions.map((question) => ({ question, key: keyOf(question) }));
    return [...new Set(open.flatMap(({ question, key }) => (serves(kept.get(key), question) ? [] : (asking.get(key) ?? []))))];
  }

  async function askLedger(questions: readonly LedgerQuestion[]): Promise<readonly LedgerAnswer[]> {
    const answers = ledger.ask(questions);
    const keys = questions.map(keyOf);
    for (const key of keys) asking.set(key, answers);
    try {
      return await answers;
    } finally {
      for (const key of keys) if (asking.get(key) === answers) asking.delete(key);
    }
  }

  async function ask(questions: readonly LedgerQuestion[]): Promise<readonly LedgerAnswer[]> {
    // Their answer may serve both; where it does not, or does not come, it is asked again.
    const others = askedByOthers(questions);
    if (others.length > 0) await Promise.allSettled(others);
    const keys = questions.map(keyOf);
    const before = questions.map(changesOf);
    const found = questions.map((question, i) => {
      const one = kept.get(keys[i] ?? '');
      return serves(one, question) ? one.answer : undefined;
    });
    const open = questions.filter((_, i) => found[i] === undefined);
    if (open.length === 0) return found.map((answer) => answer ?? []);
    const asked = [...(await askLedger(open))];
    // A commit came in between: what was kept and what was asked may be of two states.
    const mixed = open.length < questions.length && questions.some((question, i) => changesOf(question) !== before[i]);
    const answers = mixed ? await ledger.ask(questions) : found.map((answer) => answer ?? asked.shift() ?? []);
    if (!mixed)
      questions.forEach((question, i) => found[i] === undefined && keep(question, keys[i] ?? '', answers[i] ?? [], before[i] ?? ''));
    return answers;
  }

  return {
    ask,
    onCommit(appended) {
      if (!appended) return;
      const now = clock.now();
      const touched = new Set<Family>();
      for (const { family: name, since } of appended.rows) {
        const family = families.get(name);
        if (!family) continue;
        touched.add(family);
        if (since > now) family.ahead.push(since);
      }
      for (const family of touched) {
        family.changes += 1;
        family.floor = Math.max(family.floor, now);
        family.ahead = family.ahead.filter((since) => since > now);
      }
    },
    forget() {
      kept.clear();
      rows = 0;
      for (const family of families.values()) family.changes += 1;
    },
    size: () => kept.size,
  };
}

/** The question but for the moment it ends at. What has settled by that moment is told by the answer. */
function keyOf(question: LedgerQuestion): string {
  const { cut, ...rest } = question;
  const timeless = 'settledUpTo' in rest ? { ...rest, settledUpTo: null } : rest;
  const { asOf: _moment, ...known } = cut ?? {};
  return JSON.stringify([timeless, known, cut?.asOf !== undefined], (_, value: unknown) =>
    typeof value === 'number' ? String(value) : value,
  );
}

/** Nothing is left that may still settle as time goes on. */
const allSettled = (answer: LedgerAnswer): boolean => answer.every((row) => !('settled' in row) || row.settled === row.count);
