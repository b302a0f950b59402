/** A ledger in an array: every answer is counted by hand from all rows, so that it is right by being plain. */
import type { DimValue } from '../../server/domain/dim-value.ts';
import { addExact, type Exact } from '../../server/domain/ledger/exact.ts';
import type { FamilyName } from '../../server/domain/ledger/registry.ts';
import type { Cause, LedgerRow } from '../../server/domain/ledger/row.ts';
import { silencesOf } from '../../server/domain/silences.ts';
import type { Calendar } from '../../server/domain/time/calendar.ts';
import { stepOf } from '../../server/domain/time/step.ts';
import { Unavailable } from '../../server/pipeline/ports/errors.ts';
import type {
  ChangeRow,
  ChangesQuestion,
  DistinctQuestion,
  DistinctRow,
  FollowedRow,
  Ledger,
  LedgerAnswer,
  LedgerQuestion,
  LedgerRange,
  PlacedRow,
  RowsAhead,
  RowsPage,
  RowsQuestion,
  SumQuestion,
  SumRow,
} from '../../server/pipeline/ports/ledger.ts';
import { dimIndex, measureIndex } from './family-places.ts';
import { explainRows } from './memory-explain.ts';
import { followedIn } from './memory-followed.ts';
import { cursorOf, placeOf } from '../../server/pipeline/ports/page.ts';

export interface MemoryLedger extends Ledger {
  /** Adds a block; blocks come in the order of their positions. Questions see it from now on. */
  append(position: number, rows: readonly LedgerRow[]): void;
  /** Every row, in order. */
  all(): readonly PlacedRow[];
}

interface Kept {
  readonly row: PlacedRow;
  readonly ordinal: number;
}

export function createMemoryLedger(calendar: Pick<Calendar, 'dayOf' | 'hourBucket'>): MemoryLedger {
  const kept: Kept[] = [];
  let position = 0;
  let head = 0;

  const bucketOf = (unit: LedgerRange['unit'], at: number): number =>
    unit === 'day' ? calendar.dayOf(at) : unit === 'hour' ? calendar.hourBucket(at) : stepOf(at);

  function inRange(question: LedgerRange): Kept[] {
    if (head > position) throw new Unavailable('ledger_behind', `the ledger stands at block ${position} of ${head}`);
    const conditions = question.where.map(({ dim, value }) => ({ at: dimIndex(question.family, dim), value }));
    const allowed = (question.only ?? []).map(({ dim, values }) => ({ at: dimIndex(question.family, dim), values }));
    const { asOf = Infinity, knownAt = Infinity, besides = { until: -Infinity, causes: [] } } = question.cut ?? {};
    return kept.filter(({ row }) => {
      const bucket = bucketOf(question.unit, row.at);
      return (
        row.family === question.family &&
        bucket >= question.from &&
        bucket < question.to &&
        row.since <= asOf &&
        (row.received <= knownAt || (row.received <= besides.until && besides.causes.includes(row.cause))) &&
        allowed.every(({ at, values }) => values.includes(row.dims[at] ?? null)) &&
        conditions.every(({ at, value }) => row.dims[at] === value)
      );
    });
  }

  function sums(question: SumQuestion): SumRow[] {
    const by = picker(question.family, question.by);
    const groups = new Map<string, { bucket: number | null; dims: readonly DimValue[]; measures: Exact[] }>();
    for (const { row } of inRange(question)) {
      const bucket = question.perBucket === true ? bucketOf(question.unit, row.at) : null;
      const dims = by(row);
      const group = found(groups, [bucket, dims], () => ({ bucket, dims, measures: row.measures.map(() => 0) }));
      group.measures = plus(group.measures, row.measures);
    }
    const wanted = question.measures?.map((measure) => measureIndex(question.family, measure));
    return [...groups.values()]
      .map((group) => (wanted ? { ...group, measures: group.measures.map((m, i) => (wanted.includes(i) ? m : 0)) } : group))
      .filter(({ measures }) => measures.some((m) => m !== 0));
  }

  function distinct(question: DistinctQuestion): DistinctRow[] {
    const by = picker(question.family, question.by);
    const measure = measureIndex(question.family, question.measure);
    const of = question.of === 'entity' ? null : dimIndex(question.family, question.of);
    const groups = new Map<string, { dims: readonly DimValue[]; things: Map<string, Map<number, Exact>> }>();
    for (const { row } of inRange(question)) {
      const thing = of === null ? JSON.stringify([row.kind, row.entity]) : row.dims[of];
      if (thing === null || thing === undefined) continue;
      const dims = by(row);
      const { things } = found(groups, dims, () => ({ dims, things: new Map<string, Map<number, Exact>>() }));
      const days = things.get(thing) ?? new Map<number, Exact>();
      things.set(thing, days);
      const day = calendar.dayOf(row.at);
      days.set(day, addExact(days.get(day) ?? 0, row.measures[measure] ?? 0));
    }
    return [...groups.values()].flatMap(({ dims, things }) => {
      const counting = [...things.values()].filter((days) => [...days.values()].reduce<Exact>(addExact, 0) > 0);
      const several = counting.filter((days) => [...days.values()].filter((sum) => sum > 0).length >= 2).length;
      const onSeveralDays = question.severalDays ? several : 0;
      return counting.length === 0 ? [] : [{ dims, count: counting.length, onSeveralDays }];
    });
  }

  function rows(question: RowsQuestion): RowsPage {
    const measure = question.measure === undefined ? null : measureIndex(question.family, question.measure);
    const after = question.cursor === undefined ? ([-1, -1] as const) : placeOf(question.cursor);
    if (!after) throw new Error(`no cursor of this ledger: ${question.cursor}`);
    const behind = inRange(question).filter(
      ({ row, ordinal }) =>
        (measure === null || row.measures[measure] !== 0) && (row.position > after[0] || (row.position === after[0] && ordinal > after[1])),
    );
    const page = behind.slice(0, question.limit);
    const last = page.at(-1);
    const next = last && behind.length > page.length ? cursorOf([last.row.position, last.ordinal]) : null;
    return { rows: page.map(({ row }) => row), next };
  }

  function changes(question: ChangesQuestion): ChangeRow[] {
    const by = picker(question.family, question.by);
    type Group = { dims: readonly DimValue[]; cause: Cause; received: number; seen: Map<string, readonly Exact[]>; measures: Exact[] };
    const groups = new Map<string, Group>();
    for (const { row } of inRange(question)) {
      if (row.received <= question.after || row.received > question.until) continue;
      const dims = by(row);
      const { cause } = row;
      const none = row.measures.map(() => 0);
      const group = found(groups, [cause, dims], () => ({
        dims,
        cause,
        received: 0,
        seen: new Map<string, readonly Exact[]>(),
        measures: none,
      }));
      const change = JSON.stringify([row.kind, row.entity, row.received]);
      group.seen.set(change, plus(group.seen.get(change) ?? none, row.measures));
      group.measures = plus(group.measures, row.measures);
      group.received = Math.max(group.received, row.received);
    }
    const places = question.moved?.map((measure) => measureIndex(question.family, measure));
    const moved = (sums: readonly Exact[]): boolean => !places || places.some((at) => sums[at] !== 0);
    return [...groups.values()].map(({ dims, cause, received, seen, measures }) => {
      return { dims, cause, received, count: [...seen.values()].filter(moved).length, measures };
    });
  }

  function answer<Q extends LedgerQuestion>(question: Q): LedgerAnswer<Q>;
  function answer(question: LedgerQuestion): readonly SumRow[] | readonly DistinctRow[] | readonly FollowedRow[] {
    if (question.ask === 'followed') return followedIn(question, (range) => inRange(range).map(({ row }) => row));
    return question.ask === 'sums' ? sums(question) : distinct(question);
  }

  return {
    append(at, added) {
      if (at <= position) throw new Error(`block ${at} comes behind block ${position}`);
      added.forEach((row, ordinal) => kept.push({ row: { ...row, position: at }, ordinal }));
      position = at;
      head = Math.max(head, at);
    },
    all: () => kept.map(({ row }) => row),
    advance(at) {
      head = Math.max(head, at);
    },
    status: () => ({ state: head > position ? 'catching_up' : 'ready', position, head, detail: 'in memory' }),
    async ask<const Q extends readonly LedgerQuestion[]>(questions: Q) {
      const answers: { [I in keyof Q]: LedgerAnswer<Q[I]> } = mapped(questions, answer);
      return answers;
    },
    sumsAt: async (questions, asOf, most) => ({
      position,
      sums: questions.map((question) => sums({ ...question, cut: { asOf } })),
      ahead: questions.map((question) =>
        firstAhead(
          inRange(question).flatMap(({ row }) => (row.since > asOf ? [row] : [])),
          most,
        ),
      ),
    }),
    async instantsAhead(family, asOf, most) {
      const instants = kept.flatMap(({ row }) => (row.family === family && row.since > asOf ? [row.since] : []));
      return [...new Set(instants)].toSorted((a, b) => a - b).slice(0, most);
    },
    rows: async (question) => rows(question),
    changes: async (question) => changes(question),
    silences: async ({ family, from, to, liveWithinMs }) => {
      const instants = kept.flatMap(({ row: { at, received, ...row } }) => {
        if (row.family !== family || at < from || at >= to) return [];
        return [received >= at && received - at <= liveWithinMs ? received : at];
      });
      return silencesOf(
        instants.toSorted((a, b) => a - b),
        (ms) => calendar.hourBucket(ms),
      );
    },
    explain: async (question, beside) => ({
      page: explainRows(question, inRange, (at) => calendar.dayOf(at)),
      beside: beside.map((each) => answer(each)),
    }),
  };
}

/** Rows of one instant come together or not at all. */
function firstAhead(rows: readonly LedgerRow[], most: number): RowsAhead {
  const instants = rows.map(({ since }) => since).toSorted((a, b) => a - b);
  const upTo = (instants[most] ?? Infinity) - 1;
  return { rows: rows.filter(({ since }) => since <= upTo), upTo };
}

function mapped<Q extends readonly LedgerQuestion[]>(
  questions: Q,
  answer: <A extends LedgerQuestion>(question: A) => LedgerAnswer<A>,
): { [I in keyof Q]: LedgerAnswer<Q[I]> } {
  return questions.map((question) => answer(question)) as { [I in keyof Q]: LedgerAnswer<Q[I]> };
}

function plus(sums: readonly Exact[], measures: readonly number[]): Exact[] {
  return sums.map((sum, i) => addExact(sum, measures[i] ?? 0));
}

function found<V>(groups: Map<string, V>, by: unknown, make: () => V): V {
  const key = JSON.stringify(by);
  const group = groups.get(key) ?? make();
  groups.set(key, group);
  return group;
}

function picker(family: FamilyName, by: readonly string[]): (row: LedgerRow) => DimValue[] {
  const places = by.map((dim) => dimIndex(family, dim));
  return (row) => places.map((at) => row.dims[at] ?? null);
}
