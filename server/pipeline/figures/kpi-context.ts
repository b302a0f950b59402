/** What a KPI is asked in: the period, the moments it is cut at, and the policies and targets that were known and in force then. */
import { policyDefaults, storedBrands, type Policies, type Target } from '../../../shared/kpi/targets.ts';
import type { ClosingBook } from '../../domain/closing/closing-book.ts';
import type { KpiContext, KpiDefinition } from '../../domain/kpis/definition.ts';
import { campaignBook } from '../../domain/targets/campaign-windows.ts';
import { targetBook } from '../../domain/targets/book.ts';
import { readingsBook } from '../../domain/targets/readings-book.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import { elapsedShare, type Period } from '../../domain/time/period.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { AsOf } from '../ports/ledger.ts';
import type { StoreReads } from '../ports/reads.ts';
import { bookOf, recordedClosings } from './closings.ts';

export interface ContextParts {
  readonly reads: Pick<StoreReads, 'policyHistory' | 'targetHistory' | 'closings' | 'campaignVersions'>;
  readonly calendar: Calendar;
  readonly clock: ClockPort;
}

/** UTC ms; null = now. */
export interface Moments {
  readonly asOf: number | null;
  readonly knownAt: number | null;
}

/** Contexts of one question: any number of periods, one state of policies, targets and closings. */
export interface Contexts {
  /** UTC ms. */
  readonly asOf: number;
  /** Our clock when the question was asked, UTC ms. */
  readonly now: number;
  /** The moment at which the question is asked: the earlier of what happened and what was known until then. UTC ms. */
  readonly moment: number;
  /** Of the rows of the ledger (R21). Events up to two minutes ahead are accepted, so “now” cuts too. */
  readonly cut: AsOf;
  readonly closings: ClosingBook;
  /** @param asOf of this period, where it is looked at as of another moment than the question's: the base of a comparison */
  of(period: Period, dimensions: readonly string[], asOf?: number): KpiContext;
  /** When the newest target of this very period, and the newest rule figures follow from, was set behind a moment; null = none. UTC ms. */
  setSince(after: number, period: Period): { readonly targets: number | null; readonly rules: number | null };
  /** The same question, asked of what was known at another moment: rows, policies and targets (R28). */
  knownAt(at: number): Contexts;
}

/** @param definitions what will be asked, where that is known: plans of campaigns are read only where a KPI rests on them */
export async function contextsOf(parts: ContextParts, moments: Moments, definitions?: readonly KpiDefinition[]): Promise<Contexts> {
  const { reads, calendar, clock } = parts;
  const planned = !definitions || definitions.some(({ ofCampaignPlans }) => ofCampaignPlans);
  const [brands, targets, recorded, campaigns] = await Promise.all([
    reads.policyHistory('brands'),
    reads.targetHistory(),
    recordedClosings(reads),
    planned ? reads.campaignVersions() : [],
  ]);
  // Read after the store: what was just stored is not in the future.
  const now = clock.now();
  const asOf = moments.asOf ?? now;
  const closings = bookOf(recorded, calendar);

  function build(known: number | null): Contexts {
    const knownAt = known !== null && known < now ? known : null;
    const at = knownAt ?? now;
    const rules = readingsBook(recorded.readings, calendar, knownAt ?? Infinity);
    const book = targetBook(targetsKnown(targets, knownAt), at);
    const plans = campaignBook(campaigns, calendar, knownAt ?? Infinity);
    const lists = brandsKnown(brands, knownAt, at);
    const moment = Math.min(asOf, at);
    return {
      asOf,
      now,
      moment,
      cut: knownAt === null ? { asOf } : { asOf, knownAt },
      closings,
      of: (period, dimensions, then = asOf) => ({
        ...{ calendar, period, dimensions },
        asOf: then,
        state: closings.stateOf(period, Math.min(then, at)),
        elapsed: elapsedShare(calendar, period, then),
        brands: lists,
        targets: book,
        campaigns: plans,
        readings: rules.on(period.from).readings,
        readingsBook: rules,
      }),
      setSince(after, { grain, name }) {
        const ofPeriod = targets.filter(({ target }) => target.grain === grain && target.period === name);
        return { targets: newest(ofPeriod, after, at), rules: newest([...brands, ...recorded.readings], after, at) };
      },
      knownAt: build,
    };
  }
  return build(moments.knownAt);
}

function newest(rows: readonly { readonly setAt: number }[], after: number, until: number): number | null {
  const behind = rows.filter(({ setAt }) => setAt > after && setAt <= until);
  return behind.length === 0 ? null : behind.reduce((last, { setAt }) => Math.max(last, setAt), 0);
}

function targetsKnown(targets: readonly { target: Target; setAt: number }[], knownAt: number | null): readonly Target[] {
  const known = knownAt === null ? targets : targets.filter(({ setAt }) => setAt <= knownAt);
  return known.map(({ target }) => target);
}

type PolicyRows = Awaited<ReturnType<StoreReads['policyHistory']>>;

/** A list that was in force when it was set is in force, also while the clock of this machine lies behind that moment [T8]. */
function brandsKnown(rows: PolicyRows, knownAt: number | null, at: number): Policies['brands'] {
  const inForce = rows
    .filter(({ setAt, effectiveFrom }) => setAt <= (knownAt ?? Infinity) && effectiveFrom <= Math.max(at, setAt))
    .sort((a, b) => a.effectiveFrom - b.effectiveFrom || a.version - b.version)
    .at(-1);
  return inForce ? storedBrands.parse(inForce.value) : policyDefaults.brands;
}

/** Everything so far: from the first business day there can be to the one after today. */
export function everything(calendar: Calendar, asOf: number): Period {
  return { grain: 'year', name: '', from: 0, to: calendar.dayOf(asOf) + 1 };
}
