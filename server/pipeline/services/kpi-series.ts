/** GET /api/kpis/series: KPIs over many buckets of time, asked of the ledger at once. */
import { seriesSteps, type KpiSeries, type SeriesStep } from '../../../shared/kpi/series.ts';
import type { KpiContext, KpiDefinition, Read } from '../../domain/kpis/definition.ts';
import { shapeOf, withOthers } from '../../domain/kpis/others.ts';
import { HOUR_MS, type Calendar } from '../../domain/time/calendar.ts';
import { periodOf, type Period } from '../../domain/time/period.ts';
import { askKpis, type LedgerAsk } from '../figures/ask-kpis.ts';
import { contextsOf, type ContextParts } from '../figures/kpi-context.ts';
import { mergedAsk } from '../figures/merged-ask.ts';
import { isRefusal, refuse, type Refusal } from '../ports/refusal.ts';
import { dayRange, type DayRange } from './day-range.ts';
import { definitionsOf, dimensionsNamed, selectionOf } from './kpi-question.ts';
import type { KpiSeriesQuery } from './services.ts';

export interface KpiSeriesParts extends ContextParts {
  readonly ledger: LedgerAsk;
}

const MOST_VALUES = 2_000;
/** Days up to today where the question names none. */
const DAYS = 30;

interface Bucket {
  /** Instants, half-open, UTC ms. */
  readonly start: number;
  readonly end: number;
  readonly period: Period;
  /** Business hour of a bucket that is one. */
  readonly hour?: number;
}

export async function seriesOfKpis(parts: KpiSeriesParts, query: KpiSeriesQuery): Promise<KpiSeries | Refusal> {
  const { calendar, clock, ledger } = parts;
  const every = seriesSteps.find((step) => step === query.every);
  if (!every) return refuse(400, 'bad_step', `every is one of ${seriesSteps.join(', ')}`, { path: 'every' });
  if (query.kpis.length === 0) return refuse(400, 'no_kpi', 'name KPIs, such as kpi=net_sales,order_value', { path: 'kpi' });
  const definitions = definitionsOf(query);
  if (isRefusal(definitions)) return definitions;
  const slice = selectionOf(query, definitions);
  if (isRefusal(slice)) return slice;
  const range = dayRange(query, calendar, clock.now(), DAYS);
  if (isRefusal(range)) return range;
  const buckets = bucketsOf(calendar, every, range);
  const refused = tooMany(buckets.length * definitions.length, `${buckets.length} buckets of ${definitions.length} KPIs`);
  if (refused) return refused;
  const contexts = await contextsOf(parts, query);
  const dimensions = dimensionsNamed(slice);
  const inBuckets = buckets.map((bucket) => ({ ...bucket, context: contexts.of(bucket.period, dimensions) }));
  const [first] = inBuckets;
  const hourless = every === 'hour' && first ? definitions.filter((definition) => !hasHours(definition, first.context)) : [];
  if (hourless.length > 0) {
    const ids = hourless.map(({ id }) => id).join(', ');
    return refuse(400, 'no_hours', `${ids}: has no figure of an hour, being no sum over its period; every=day has`, { path: 'every' });
  }
  const asked = inBuckets.flatMap(({ context, hour }) =>
    definitions.map((definition) => ({ definition: hour === undefined ? definition : ofHour(definition, hour), context, slice })),
  );
  const found = await askKpis(mergedAsk(ledger), asked, contexts.cut);
  const cells = asked.map(({ definition, context }, i) => ({ shape: shapeOf(definition, context), values: found[i] ?? [] }));
  const answers = withOthers(cells, slice.by);
  const count = answers.reduce((sum, values) => sum + values.length, 0);
  return (
    tooMany(count, `${buckets.length} buckets with the cells asked for`) ?? {
      ...{ asOf: new Date(contexts.asOf).toISOString(), timeZone: calendar.timeZone },
      buckets: inBuckets.map(({ start, end }, i) => ({
        start: new Date(start).toISOString(),
        end: new Date(end).toISOString(),
        values: answers.slice(i * definitions.length, (i + 1) * definitions.length).flat(),
      })),
    }
  );
}

function tooMany(values: number, what: string): Refusal | undefined {
  if (values <= MOST_VALUES) return undefined;
  return refuse(
    400,
    'too_many_values',
    `${what} are ${values} values; an answer has ${MOST_VALUES} at most: ask for fewer days, KPIs or cells`,
    {
      path: 'from',
    },
  );
}

/** Whole weeks and months that hold a day of the range. */
function bucketsOf(calendar: Calendar, every: SeriesStep, { from, to }: DayRange): readonly Bucket[] {
  if (every === 'hour') return hoursOf(calendar, { from, to });
  const buckets: Bucket[] = [];
  for (let day = from; day < to;) {
    const period = periodOf(every, day);
    buckets.push({ start: calendar.startOfDay(period.from), end: calendar.startOfDay(period.to), period });
    day = period.to;
  }
  return buckets;
}

/** Hours as the wall clock shows them: where clocks go back one lasts longer, where they go forward one is missing. */
function hoursOf(calendar: Calendar, { from, to }: DayRange): readonly Bucket[] {
  const starts: { readonly hour: number; readonly start: number }[] = [];
  const end = calendar.startOfDay(to);
  for (let at = calendar.startOfDay(from); at < end; at += HOUR_MS / 4) {
    const hour = calendar.hourBucket(at);
    if ((starts.at(-1)?.hour ?? -Infinity) < hour) starts.push({ hour, start: at });
  }
  return starts.map(({ hour, start }, i) => ({
    hour,
    start,
    end: starts[i + 1]?.start ?? end,
    period: periodOf('day', Math.floor(hour / 24)),
  }));
}

/** Whether a KPI is made of sums over just its period, held against no target of it. */
function hasHours(definition: KpiDefinition, context: KpiContext): boolean {
  const { from, to } = context.period;
  const isOfPeriod = (read: Read): boolean =>
    read.ask === 'sums' && read.unit === 'day' && read.from === from && read.to === to && !read.perBucket;
  const parts = definition.parts?.(context);
  const terms = !parts ? [] : 'value' in parts ? parts.value : [...parts.numerator, ...parts.denominator];
  return parts !== undefined && !terms.some((term) => 'target' in term) && Object.values(definition.reads(context)).every(isOfPeriod);
}

function ofHour(definition: KpiDefinition, hour: number): KpiDefinition {
  return {
    ...definition,
    reads: (context) =>
      Object.fromEntries(
        Object.entries(definition.reads(context)).map(([name, read]) => [
          name,
          read.ask === 'sums' ? { ...read, unit: 'hour' as const, from: hour, to: hour + 1 } : read,
        ]),
      ),
  };
}
