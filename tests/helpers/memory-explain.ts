/** What a sum is made of, counted by hand from all rows. */
import { addExact, timesExact, type Exact } from '../../server/domain/ledger/exact.ts';
import type { LedgerRange, PlacedRow } from '../../server/pipeline/ports/ledger.ts';
import type {
  ExplainedRow,
  ExplainedTerm,
  ExplainPage,
  ExplainPlace,
  ExplainQuestion,
} from '../../server/pipeline/ports/ledger-explain.ts';
import { dimIndex, measureIndex } from './family-places.ts';

interface Group {
  readonly kind: string;
  readonly entity: string;
  amount: Exact;
  /** By instant of receipt what was added, and the last row. */
  readonly changes: Map<number, { sum: Exact; row: PlacedRow }>;
}

export function explainRows(
  question: ExplainQuestion,
  inRange: (range: LedgerRange) => readonly { readonly row: PlacedRow }[],
  dayOf: (at: number) => number,
): ExplainPage {
  const groups = new Map<string, Group>();
  const add = (kind: string, entity: string, amount: Exact, rows: readonly { row: PlacedRow; amount: Exact }[]): void => {
    const key = JSON.stringify([kind, entity]);
    const group: Group = groups.get(key) ?? { kind, entity, amount: 0, changes: new Map() };
    groups.set(key, group);
    group.amount = addExact(group.amount, amount);
    for (const one of rows) {
      const change = group.changes.get(one.row.received);
      group.changes.set(one.row.received, { sum: addExact(change?.sum ?? 0, one.amount), row: one.row });
    }
  };
  let newest = -Infinity;
  for (const term of question.terms) {
    const rows = inRange(term).map(({ row }) => row);
    for (const { row } of inRange({ ...term, only: [] })) newest = Math.max(newest, row.received);
    if (term.ask === 'sums') {
      for (const row of rows) {
        const amount = amountOf(term, row);
        if (amount === 0) continue;
        add(row.kind, row.entity, amount, [{ row, amount }]);
      }
    } else {
      for (const { kind, entity, rows: own } of thingsOf(term, rows, dayOf)) {
        const last = own.reduce((a, b) => (b.received >= a.received ? b : a));
        add(kind, entity, term.factor, [{ row: last, amount: term.factor }]);
      }
    }
  }
  const all = [...groups.values()].flatMap(explained).sort(inOrder);
  const behind = question.after ? all.filter((row) => inOrder(placeOf(row), question.after as ExplainPlace) > 0) : all;
  const page = behind.slice(0, question.limit);
  const last = page.at(-1);
  const sum = all.reduce<Exact>((total, { amount }) => addExact(total, amount), 0);
  return {
    rows: page,
    next: last && behind.length > page.length ? placeOf(last) : null,
    ...(question.totals && { totals: { sum, count: all.length, received: Number.isFinite(newest) ? newest : null } }),
  };
}

function amountOf(term: Extract<ExplainedTerm, { ask: 'sums' }>, row: PlacedRow): Exact {
  return term.weights.reduce<Exact>(
    (sum, { measure, factor }) => addExact(sum, timesExact(row.measures[measureIndex(term.family, measure)] ?? 0, factor)),
    0,
  );
}

function thingsOf(term: Extract<ExplainedTerm, { ask: 'distinct' }>, rows: readonly PlacedRow[], dayOf: (at: number) => number) {
  const measure = measureIndex(term.family, term.measure);
  const dim = term.of === 'entity' ? null : dimIndex(term.family, term.of);
  const things = new Map<string, { kind: string; entity: string; rows: PlacedRow[]; days: Map<number, Exact> }>();
  for (const row of rows) {
    const entity = dim === null ? row.entity : row.dims[dim];
    const amount = row.measures[measure] ?? 0;
    if (entity === null || entity === undefined || amount === 0) continue;
    const kind = dim === null ? row.kind : term.of;
    const key = JSON.stringify([kind, entity]);
    const thing = things.get(key) ?? { kind, entity, rows: [], days: new Map<number, Exact>() };
    things.set(key, thing);
    thing.rows.push(row);
    thing.days.set(dayOf(row.at), addExact(thing.days.get(dayOf(row.at)) ?? 0, amount));
  }
  return [...things.values()].filter(({ days }) => {
    const sums = [...days.values()];
    const counts = sums.reduce<Exact>(addExact, 0) > 0;
    return counts && (term.count === 'all' || sums.filter((sum) => sum > 0).length >= 2);
  });
}

function explained({ kind, entity, amount, changes }: Group): ExplainedRow[] {
  const moved = [...changes.values()].filter(({ sum }) => sum !== 0);
  const last = moved.reduce<PlacedRow | undefined>((found, { row }) => (!found || row.received > found.received ? row : found), undefined);
  if (amount === 0 || !last) return [];
  const { kind: ofKind, entity: ofEntity, at, since, received, cause } = last;
  return [{ kind, entity, amount, latest: { kind: ofKind, entity: ofEntity, at, since, received, cause } }];
}

function placeOf({ kind, entity, latest }: ExplainedRow): ExplainPlace {
  return { received: latest.received, kind, entity };
}

function inOrder(a: ExplainedRow | ExplainPlace, b: ExplainedRow | ExplainPlace): number {
  const [x, y] = ['latest' in a ? placeOf(a) : a, 'latest' in b ? placeOf(b) : b];
  return y.received - x.received || bytes(x.kind, y.kind) || bytes(x.entity, y.entity);
}

/** As DuckDB compares texts. */
function bytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
