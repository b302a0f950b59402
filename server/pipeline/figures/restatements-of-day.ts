/**
 * What later facts changed in the figures of a closed day [I7]: each KPI, in total and by each of its dimensions, asked at
 * the closing and after each step of what came later. KPIs that also look at other days follow from the days they look at
 * and have no restatements of their own.
 */
import type { Restatement } from '../../../shared/kpi/restatements.ts';
import type { KpiDimension, KpiValue } from '../../../shared/kpi/types.ts';
import type { KpiContext, KpiDefinition } from '../../domain/kpis/definition.ts';
import { evaluate, type KpiSelection, type ReadResults } from '../../domain/kpis/evaluate.ts';
import { stepsAfterClosing, type ChangeStep } from '../../domain/kpis/steps-of-change.ts';
import type { FamilyName } from '../../domain/ledger/registry.ts';
import type { Cause } from '../../domain/ledger/row.ts';
import type { Period } from '../../domain/time/period.ts';
import type { AsOf, ChangeRow, LedgerReads } from '../ports/ledger.ts';
import { readKpis } from './ask-kpis.ts';
import type { Contexts } from './kpi-context.ts';

type Dimension = KpiDimension | null;
type Ledger = Pick<LedgerReads, 'ask' | 'changes'>;

/** In the order of the definitions; of one, the whole first, then its dimensions, their values, and the causes in the order of R26. */
export async function restatementsOfDay(
  ledger: Ledger,
  definitions: readonly KpiDefinition[],
  contexts: Contexts,
  day: Period,
): Promise<readonly Restatement[]> {
  const closedAt = contexts.closings.closedAt(day, contexts.moment);
  if (closedAt === undefined) return [];
  const own = definitions.flatMap((definition) => {
    const families = familiesOfDay(definition, contexts.of(day, []), day);
    return families ? [{ definition, families }] : [];
  });
  const came = await whatCame(ledger, own, contexts, day, closedAt);
  const set = contexts.setSince(closedAt, day);
  const touched = own.filter(
    ({ families }) => set.rules !== null || set.targets !== null || families.some((family) => came.has(family, null)),
  );
  if (touched.length === 0) return [];

  const steps = stepsAfterClosing(came.causes, { targets: set.targets !== null, rules: set.rules !== null });
  const slices = touched.flatMap(({ definition, families }) =>
    [null, ...definition.dimensions].map((by) => ({ definition, families, by })),
  );
  const states = new Map(slices.map(({ by }) => [by, statesOf(by, { contexts, day, closedAt, steps })]));
  // One question for all: KPIs of one family share most of what they read.
  const asked = slices.flatMap(({ definition, by }) =>
    (states.get(by) ?? []).map((state) => ({ definition, slice: { by, where: [] }, ...state })),
  );
  const results = await readKpis(ledger, asked, contexts.cut);
  const width = steps.length + 1;
  return slices.flatMap(({ definition, families, by }, i) => {
    const answers = results.slice(i * width, (i + 1) * width);
    return movesOf(definition, by, states.get(by) ?? [], answers, steps).map(({ step, now, closed, before, after }): Restatement => {
      const receivedAt = Math.max(
        ...families.map((family) => came.newest(family, by, now.dimension, step)),
        step.cause === 'target' ? (set.targets ?? 0) : 0,
        step.cause === 'rule' ? (set.rules ?? 0) : 0,
      );
      return {
        day: day.name,
        kpi: definition.id,
        dimension: now.dimension,
        closedValue: closed.value,
        value: now.value,
        // Where an end is nothing there is no difference, only that something came (R26).
        difference: now.value === null || closed.value === null ? null : (after.value ?? 0) - (before.value ?? 0),
        cause: step.cause,
        receivedAt: new Date(receivedAt).toISOString(),
      };
    });
  });
}

interface Moved {
  readonly step: ChangeStep;
  readonly closed: KpiValue;
  readonly now: KpiValue;
  /** The value before the step and after it. */
  readonly before: KpiValue;
  readonly after: KpiValue;
}

interface Asked {
  readonly contexts: Contexts;
  readonly day: Period;
  readonly closedAt: number;
  readonly steps: readonly ChangeStep[];
}

interface State {
  readonly context: KpiContext;
  readonly cut: AsOf;
}

/** What was known at the closing, and after each step. */
function statesOf(by: Dimension, { contexts, day, closedAt, steps }: Asked): readonly State[] {
  const dimensions = by === null ? [] : [by];
  const then = contexts.knownAt(closedAt);
  const closed = then.of(day, dimensions);
  const now = contexts.of(day, dimensions);
  const until = contexts.cut.knownAt ?? contexts.now;
  return [
    { context: closed, cut: then.cut },
    ...steps.map(({ seen, targets, rules }) => ({
      context: rules ? now : targets ? { ...closed, targets: now.targets } : closed,
      cut: { ...then.cut, besides: { until, causes: seen } },
    })),
  ];
}

/** The steps at which a cell of the KPI moved. */
function movesOf(
  definition: KpiDefinition,
  by: Dimension,
  states: readonly State[],
  results: readonly ReadResults[],
  steps: readonly ChangeStep[],
): readonly Moved[] {
  const slice: KpiSelection = { by, where: [] };
  const values = (cells: readonly KpiValue['dimension'][]) =>
    states.map(({ context }, i) => {
      const more = by === null ? [] : cells.map((cell) => cell?.[by] ?? null);
      return evaluate(definition, slice, context, results[i] ?? noResults, more);
    });
  const present = values([]).flat();
  const all = values(present.map(({ dimension }) => dimension));
  return (all[0] ?? []).flatMap((closed, cell) => {
    const now = all.at(-1)?.[cell];
    return steps.flatMap((step, i): Moved[] => {
      const [before, after] = [all[i]?.[cell], all[i + 1]?.[cell]];
      return now && before && after && before.value !== after.value ? [{ step, now, closed, before, after }] : [];
    });
  });
}

const noResults: ReadResults = {};

/** The families whose rows of the day a KPI reads; undefined for a KPI that reads other days too, or is no sum of rows. */
function familiesOfDay(definition: KpiDefinition, context: KpiContext, day: Period): readonly FamilyName[] | undefined {
  if (!definition.parts) return undefined;
  const families = new Set<FamilyName>();
  for (const read of Object.values(definition.reads(context))) {
    // What people did after they engaged happens on later days.
    if (read.asOf !== undefined || read.ask === 'followed') return undefined;
    const perDay = read.ask === 'sums' && read.unit === 'hour' ? 24 : 1;
    if (read.from < day.from * perDay || read.to > day.to * perDay) return undefined;
    families.add(read.family);
  }
  return [...families];
}

interface Came {
  readonly causes: ReadonlySet<Cause>;
  has(family: FamilyName, by: Dimension): boolean;
  /** When the newest of the rows of a step was received, UTC ms; 0 without one. */
  newest(family: FamilyName, by: Dimension, dimension: KpiValue['dimension'], step: ChangeStep): number;
}

/** The rows of the day received after it closed, by family, dimension and cause. */
async function whatCame(
  ledger: Ledger,
  own: readonly { definition: KpiDefinition; families: readonly FamilyName[] }[],
  contexts: Contexts,
  { from, to }: Period,
  after: number,
): Promise<Came> {
  const wanted = new Map<string, { family: FamilyName; by: Dimension }>();
  for (const { definition, families } of own) {
    for (const family of families) for (const by of [null, ...definition.dimensions]) wanted.set(`${family} ${by}`, { family, by });
  }
  const rows = new Map<string, readonly ChangeRow[]>();
  const until = contexts.cut.knownAt ?? contexts.now;
  const ask = async (family: FamilyName, by: Dimension): Promise<void> => {
    const cut = { asOf: contexts.asOf };
    const question = { family, unit: 'day', from, to, where: [], by: by === null ? [] : [by], after, until, cut } as const;
    rows.set(`${family} ${by}`, await ledger.changes(question));
  };
  // Most families have nothing for a closed day: one question each says so.
  await Promise.all([...wanted.values()].filter(({ by }) => by === null).map(({ family }) => ask(family, null)));
  const some = (family: FamilyName): boolean => (rows.get(`${family} null`) ?? []).length > 0;
  await Promise.all([...wanted.values()].filter(({ family, by }) => by !== null && some(family)).map(({ family, by }) => ask(family, by)));
  return {
    causes: new Set([...rows.values()].flat().map(({ cause }) => cause)),
    has: some,
    newest(family, by, dimension, { cause }) {
      const value = by === null ? undefined : (dimension?.[by] ?? null);
      const ofCell = (rows.get(`${family} ${by}`) ?? []).filter(({ dims }) => by === null || dims[0] === value);
      const ofStep = ofCell.filter((row) => row.cause === cause || (cause === 'late' && row.cause === 'new'));
      return ofStep.reduce((newest, { received }) => Math.max(newest, received), 0);
    },
  };
}
