/**
 * GET /api/kpis/change: why a figure is another than it was known to be. The figure is looked at again and again, each time
 * with the rows of one more cause, then with the targets and the rules of the later moment: what each look adds is that
 * cause's part, so the parts add up whatever the figure is (R26).
 */
import type { KpiChange } from '../../../shared/kpi/change.ts';
import type { KpiCause } from '../../../shared/kpi/explain.ts';
import type { KpiContext, KpiDefinition, Part, Read } from '../../domain/kpis/definition.ts';
import { differencesInOrder } from '../../domain/kpis/differences.ts';
import { evaluate, type KpiSelection } from '../../domain/kpis/evaluate.ts';
import { causes, type Cause } from '../../domain/ledger/row.ts';
import { askedOf, questionOf, readKpis, type AskedKpi } from '../figures/ask-kpis.ts';
import { contextsOf, type ContextParts } from '../figures/kpi-context.ts';
import type { AsOf, ChangeRow, ChangesQuestion, LedgerReads } from '../ports/ledger.ts';
import { isRefusal, refuse, type Refusal } from '../ports/refusal.ts';
import { definitionOf, dimensionsNamed, periodAsked, selectionOf } from './kpi-question.ts';
import type { KpiChangeQuery } from './services.ts';

export interface KpiChangeParts extends ContextParts {
  readonly ledger: Pick<LedgerReads, 'ask' | 'changes'>;
}

/** Of facts, in the order of R26. */
const factCauses = causes.filter((cause) => cause !== 'rule');

export async function changeOfKpi(parts: KpiChangeParts, query: KpiChangeQuery): Promise<KpiChange | Refusal> {
  const definition = definitionOf(query.kpi);
  if (isRefusal(definition)) return definition;
  const slice = selectionOf({ by: null, where: query.where }, [definition]);
  if (isRefusal(slice)) return slice;
  const period = periodAsked(query);
  if (isRefusal(period)) return period;
  if (query.from > query.to) return refuse(400, 'bad_range', 'from is a moment after to', { path: 'from' });
  const contexts = await contextsOf(parts, { asOf: query.asOf, knownAt: null });
  const [from, to] = [Math.min(query.from, contexts.now), Math.min(query.to, contexts.now)];
  const dimensions = dimensionsNamed(slice);
  const before = contexts.knownAt(from).of(period, dimensions);
  const after = contexts.knownAt(to).of(period, dimensions);
  const { counts, seenIn } = await countsOf(
    parts.ledger,
    { definition, context: after, slice, cut: { asOf: contexts.asOf } },
    { from, to },
  );
  const moved = factCauses.filter((cause) => (counts.get(cause) ?? 0) > 0);

  const asked = { definition, slice };
  /** Where no row of a cause came to a read, the look without that cause sees the same rows: the same question is asked once. */
  const cut =
    (seen: readonly Cause[]) =>
    (read: Read): AsOf => {
      const came = seenIn.get(readKey(read)) ?? new Set(causes);
      const besides = seen.filter((cause) => came.has(cause));
      const known = besides.length === came.size ? to : from;
      return {
        asOf: contexts.asOf,
        knownAt: known,
        ...(known === from && besides.length > 0 && { besides: { until: to, causes: besides } }),
      };
    };
  const steps: readonly AskedKpi[] = [
    { ...asked, context: before, cut: cut([]) },
    ...moved.map((_, i) => ({ ...asked, context: before, cut: cut(moved.slice(0, i + 1)) })),
    { ...asked, context: { ...before, targets: after.targets }, cut: cut(factCauses) },
    { ...asked, context: after, cut: { asOf: contexts.asOf, knownAt: to } },
  ];
  const results = await readKpis(parts.ledger, steps, contexts.cut);
  const values = steps.flatMap(({ context }, i) => evaluate(definition, slice, context, results[i] ?? {}).slice(0, 1));
  const [first, last] = [values[0], values.at(-1)];
  if (!first || !last || values.length !== steps.length) throw new Error(`${definition.id} has no value for one cell`);

  const set = contexts.setSince(from, period);
  const settled = (at: number | null): number => (at !== null && at <= to ? 1 : 0);
  counts.set('target', settled(set.targets));
  counts.set('rule', (counts.get('rule') ?? 0) + settled(set.rules));
  const names: readonly KpiCause[] = [...moved, 'target', 'rule'];
  const differences = differencesInOrder(values.map(({ value }) => value));
  const found = names.map((cause, i) => ({ cause, count: counts.get(cause) ?? 0, difference: differences[i] ?? null }));
  return {
    ...{ from: first, to: last },
    difference: first.value === null || last.value === null ? null : last.value - first.value,
    causes: found.filter(({ count, difference }) => count > 0 || (difference ?? 0) !== 0),
  };
}

interface Counted {
  readonly definition: KpiDefinition;
  readonly context: KpiContext;
  readonly slice: KpiSelection;
  readonly cut: AsOf;
}

const readKey = (read: Read): string => JSON.stringify(read);

interface Counts {
  readonly counts: Map<KpiCause, number>;
  /** By read: the causes of the rows that came to it, also of those that moved nothing. */
  readonly seenIn: ReadonlyMap<string, ReadonlySet<Cause>>;
}

/**
 * Events of each cause that moved the cell. One event may move several facts of a figure, as a refund does its own amount
 * and the order it gives back whole: the most that any one part of the figure saw is the number of events.
 */
async function countsOf(
  ledger: KpiChangeParts['ledger'],
  { definition, context, slice, cut }: Counted,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Counts> {
  const counts = new Map<KpiCause, number>();
  const seenIn = new Map<string, Set<Cause>>();
  for (const [name, read] of Object.entries(definition.reads(context))) {
    const { family, unit, from: first, to: end, where, cut: own } = questionOf(read, askedOf(definition, slice), cut);
    const only = read.ask === 'sums' ? read.only : undefined;
    const wanted = ({ dims }: ChangeRow): boolean => !only || only.values.has(dims[0] ?? null);
    for (const moved of measuresOf(definition, context, name, read)) {
      const question: ChangesQuestion = {
        ...{ family, unit, from: first, to: end, where, after: from, until: to, by: only ? [only.dim] : [] },
        ...(own && { cut: own }),
        ...(moved && { moved }),
      };
      const found = new Map<Cause, number>();
      const rows = await ledger.changes(question);
      // What follows lies in rows of other families.
      if (read.ask !== 'followed')
        seenIn.set(readKey(read), new Set([...(seenIn.get(readKey(read)) ?? []), ...rows.map(({ cause }) => cause)]));
      for (const row of rows.filter(wanted)) found.set(row.cause, (found.get(row.cause) ?? 0) + row.count);
      for (const [cause, count] of found) counts.set(cause, Math.max(counts.get(cause) ?? 0, count));
    }
  }
  return { counts, seenIn };
}

/** Measures of a read that a figure is a sum of, part by part; undefined for all of them, where that is not known. */
function measuresOf(definition: KpiDefinition, context: KpiContext, name: string, read: Read): readonly (readonly string[] | undefined)[] {
  if (read.ask !== 'sums') return [[read.measure]];
  const parts = definition.parts?.(context);
  if (!parts) return [undefined];
  return Object.values(parts)
    .map((part: Part) => part.flatMap((term) => ('measure' in term && term.read === name ? [term.measure] : [])))
    .filter((measures) => measures.length > 0);
}
