/**
 * Finds anomalies in the ledger's rows whenever somebody looks: nothing about them is stored, so a late fact, a correction
 * or another holiday arrangement changes them as it changes every other figure. A look follows the end of each step.
 */
import type { Anomaly, WatchedKpi } from '../../../shared/kpi/anomalies.ts';
import type { Policies } from '../../../shared/kpi/targets.ts';
import { findAnomalies, severityOf, type Found, type Look } from '../../domain/anomalies/find.ts';
import { likeDays } from '../../domain/anomalies/like-days.ts';
import { DAY_STEPS, judgeDay, OWN_LEAST, STEPS_BEFORE } from '../../domain/anomalies/usual.ts';
import { figureOf, watched, type Watched } from '../../domain/anomalies/watched.ts';
import { judgeWholeDay } from '../../domain/anomalies/whole-day.ts';
import type { FamilyName } from '../../domain/ledger/registry.ts';
import type { NodesOf } from '../../domain/nodes/nodes.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import { STEP_MS, stepOf } from '../../domain/time/step.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { LedgerReads } from '../ports/ledger.ts';
import { createBaselines, type Rules } from './baselines.ts';
import { movedBy } from './moved-by.ts';
import { readSteps, type Stretch } from './step-sums.ts';

export interface AnomalyWatch {
  /** Anomalies of business days [from, to) up to `asOf` (UTC ms), the newest first, and how each figure is watched on the last day. */
  find(range: { readonly from: number; readonly to: number; readonly asOf: number }): Promise<{
    readonly kpis: readonly WatchedKpi[];
    readonly anomalies: readonly Anomaly[];
  }>;
}

export interface AnomalyWatchParts {
  readonly ledger: Pick<LedgerReads, 'ask'>;
  readonly reads: { policies(): Promise<Pick<Policies, 'brands' | 'holidays'>> };
  readonly calendar: Calendar;
  readonly nodesOf: NodesOf;
  readonly clock: ClockPort;
  readonly yieldIfDue: () => Promise<void> | undefined;
}

interface Series {
  readonly figure: Watched;
  readonly looks: readonly Look[];
  readonly state: WatchedKpi['state'];
  readonly likeDays: number;
}

/** Days that like days of a whole day may lie back: two times of a node. */
const DAYS_BACK = 800;

export function createAnomalyWatch({ ledger, reads, calendar, nodesOf, clock, yieldIfDue }: AnomalyWatchParts): AnomalyWatch {
  const baselines = createBaselines({ ledger, calendar, clock, yieldIfDue });
  const startOf = (day: number): number => stepOf(calendar.startOfDay(day));

  async function stepSeries(
    family: FamilyName,
    range: { from: number; to: number; asOf: number },
    rules: Rules,
  ): Promise<readonly Series[]> {
    const figures = watched.filter((one) => one.family === family && one.every === 'step');
    if (figures.length === 0) return [];
    const days = Array.from({ length: range.to - range.from }, (_, i) => range.from + i).filter(
      (day) => calendar.startOfDay(day) <= range.asOf,
    );
    const newest = stepOf(range.asOf);
    const sums = await readSteps(ledger, { family, figures }, [{ from: startOf(range.from) - STEPS_BEFORE, to: newest }], rules.own);
    const looks = new Map(figures.map((figure) => [figure, [] as Look[]]));
    const last = new Map<Watched, Pick<Series, 'state' | 'likeDays'>>();
    for (const day of days) {
      const start = startOf(day);
      const upTo = Math.min(DAY_STEPS, startOf(day + 1) - start, newest - start);
      const fresh = rules.nodes.nodeOf(day)?.node !== rules.nodes.nodeOf(day - 1)?.node;
      for (const [figure, { usual, own }] of await baselines.of(family, day, rules)) {
        const thin = usual?.window.every((window) => window === null) ?? false;
        const state = figure.ownBrands && rules.own.length === 0 ? 'no_brand' : usual === null ? 'learning' : thin ? 'thin' : 'watching';
        last.set(figure, { state, likeDays: own.length });
        if (usual === null || state === 'no_brand') continue;
        await yieldIfDue();
        const steps = sums.steps(figure, start - STEPS_BEFORE, start + upTo);
        for (const { look, window, value, usual: expected, mads } of judgeDay(usual, steps, upTo, fresh)) {
          looks.get(figure)?.push({ from: (start + look - window) * STEP_MS, at: (start + look) * STEP_MS, value, usual: expected, mads });
        }
      }
    }
    return figures.map((figure) => ({
      figure,
      looks: looks.get(figure) ?? [],
      ...(last.get(figure) ?? { state: 'learning', likeDays: 0 }),
    }));
  }

  async function daySeries(figure: Watched, range: { from: number; to: number; asOf: number }, { nodes }: Rules): Promise<Series> {
    const { family } = figure;
    const [rows] = await ledger.ask([
      { ask: 'sums', family, unit: 'day', from: range.from - DAYS_BACK, to: range.to, where: [], by: [], perBucket: true },
    ]);
    const totals = new Map(rows.map((row) => [row.bucket ?? 0, figureOf(figure, row.measures)]));
    const looks: Look[] = [];
    let own = 0;
    for (let day = range.from; day < range.to && calendar.startOfDay(day + 1) <= range.asOf; day += 1) {
      const like = likeDays(nodes, day);
      const days = like.days.flatMap((one) => {
        const total = totals.get(one.day);
        return total === undefined ? [] : [{ group: one.group, total }];
      });
      own = days.filter((one) => one.group === like.group).length;
      const value = totals.get(day);
      if (own < OWN_LEAST || value === undefined) continue;
      looks.push({
        from: calendar.startOfDay(day),
        at: calendar.startOfDay(day + 1),
        value,
        ...judgeWholeDay(days, like.group, value, figure.measure),
      });
    }
    return { figure, looks, state: own < OWN_LEAST ? 'learning' : 'watching', likeDays: own };
  }

  async function anomalyOf({ figure }: Series, found: Found, rules: Rules): Promise<Anomaly> {
    const { first, peak, last, direction, lasts } = found;
    const mover = await moverAt(figure, peak, rules);
    return {
      kpi: figure.kpi,
      unit: figure.measure === 'money' ? 'minor' : 'count',
      direction,
      severity: severityOf(found),
      since: iso(first.from),
      foundAt: iso(first.at),
      until: lasts ? null : iso(last.at),
      peak: observed(peak),
      last: observed(last),
      movedBy: mover ?? null,
    };
  }

  async function moverAt(figure: Watched, peak: Look, rules: Rules) {
    const day = calendar.dayOf(peak.at - 1);
    const difference = peak.value - peak.usual;
    if (figure.every === 'day') {
      const group = likeDays(rules.nodes, day);
      const like = group.days.filter((one) => one.group === group.group).map((one) => ({ from: one.day, to: one.day + 1 }));
      return movedBy(ledger, figure, { unit: 'day', now: { from: day, to: day + 1 }, like, difference }, rules.own);
    }
    const { own = [] } = (await baselines.of(figure.family, day, rules)).get(figure) ?? {};
    const start = startOf(day);
    const now: Stretch = { from: stepOf(peak.from), to: stepOf(peak.at) };
    const like = own.map((one) => ({ from: startOf(one) + now.from - start, to: startOf(one) + now.to - start }));
    return movedBy(ledger, figure, { unit: 'step', now, like, difference }, rules.own);
  }

  return {
    async find(range) {
      const { brands, holidays } = await reads.policies();
      const rules: Rules = { nodes: nodesOf(holidays), own: brands.own };
      const families = [...new Set(watched.filter((one) => one.every === 'step').map((one) => one.family))];
      const series: Series[] = [];
      for (const family of families) series.push(...(await stepSeries(family, range, rules)));
      for (const figure of watched) if (figure.every === 'day') series.push(await daySeries(figure, range, rules));
      const anomalies: Anomaly[] = [];
      for (const one of series) {
        for (const found of findAnomalies(one.looks)) anomalies.push(await anomalyOf(one, found, rules));
      }
      anomalies.sort((a, b) => Date.parse(b.foundAt) - Date.parse(a.foundAt));
      return {
        kpis: series.map(({ figure, state, likeDays: days }) => ({ kpi: figure.kpi, state, likeDays: days, likeDaysNeeded: OWN_LEAST })),
        anomalies,
      };
    },
  };
}

function observed({ from, at, value, usual, mads }: Look): Anomaly['peak'] {
  const difference = value - usual;
  return { from: iso(from), to: iso(at), value, usual, difference, ratio: usual === 0 ? null : difference / Math.abs(usual), mads };
}

const iso = (ms: number): string => new Date(ms).toISOString();
