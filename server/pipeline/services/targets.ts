/**
 * GET and PUT /api/targets: adds or supersedes by (kpi, grain, period, dimension), or keeps behind one that takes effect
 * later; a dry run answers what would change.
 */
import { instantMs } from '../../../shared/events/rfc3339.ts';
import { count, money } from '../../../shared/events/fields.ts';
import type { KpiValue } from '../../../shared/kpi/types.ts';
import type { Target } from '../../../shared/kpi/targets.ts';
import { BUDGET, budgetDimensions } from '../../domain/kpis/budget.ts';
import { kpiDefinition, kpiDefinitions } from '../../domain/kpis/registry.ts';
import { effectiveMs, targetInForce, targetKey } from '../../domain/targets/book.ts';
import { partsOf } from '../../domain/targets/sales-curve.ts';
import type { ClosingBook } from '../../domain/closing/closing-book.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import { parsePeriod } from '../../domain/time/period.ts';
import { bookOf, closingsOf, recordedClosings } from '../figures/closings.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { Commit } from '../ports/commit.ts';
import type { StoreReads } from '../ports/reads.ts';
import { isRefusal, refuse, type Refusal } from '../ports/refusal.ts';
import { periodAsked } from './kpi-question.ts';
import type { LedgerAsk } from '../figures/ask-kpis.ts';
import { ledgerFault } from '../ports/ledger.ts';
import type { TargetChange, TargetService } from './setting-services.ts';
import { improbableTarget, withEffects, type Improbable } from './target-effects.ts';

export interface TargetServiceParts {
  readonly reads: StoreReads;
  readonly commit: Commit;
  readonly calendar: Calendar;
  readonly clock: ClockPort;
  /** Answers what targets are compared with. */
  readonly ledger: LedgerAsk;
}

export function createTargetService({ reads, commit, calendar, clock, ledger }: TargetServiceParts): TargetService {
  return {
    list: () => reads.targets(),
    async put(targets, { dryRun, restate = false, confirm = false, basedOn }) {
      const refusal = targets.map(check).find((found) => found !== undefined) ?? overlap(targets) ?? unmatched(targets, basedOn);
      if (refusal) return refusal;
      const figures = { reads, calendar, clock, ledger };
      const far = confirm ? undefined : await whileAnswering(async () => improbableTarget(figures, targets, await reads.targets()));
      if (far) return improbable(far, targets[far.index]);
      const now = clock.now();
      if (dryRun) {
        const answer = changes(await reads.targets(), targets, now);
        const closed = closedRefusal(answer, restate ? undefined : await closingsOf(reads, calendar), now);
        if (closed) return closed;
        const standing = await reads.targets();
        return (await whileAnswering(() => withEffects(figures, answer, standing))) ?? answer;
      }
      const recorded = await recordedClosings(reads);
      // Compared inside the transaction: two people setting one target at once are answered in turn.
      return commit(async (tx, touch) => {
        const answer = changes(await tx.targets(), targets, now);
        const book = restate ? undefined : bookOf({ ...recorded, byHand: await tx.closings() }, calendar);
        const closed = closedRefusal(answer, book, now) ?? (basedOn && changedMeanwhile(answer, basedOn));
        if (closed) return closed;
        const changed = answer.filter((c) => c.change !== 'unchanged').map((c) => c.target);
        if (changed.length > 0) {
          await tx.putTargets(changed, now);
          touch('targets');
        }
        return answer;
      });
    },
  };
}

function unmatched(targets: readonly Target[], basedOn: readonly (number | null)[] | undefined): Refusal | undefined {
  if (basedOn === undefined || basedOn.length === targets.length) return undefined;
  return refuse(422, 'invalid_field', `basedOn holds ${basedOn.length} values for ${targets.length} targets`, { path: 'basedOn' });
}

/** What somebody set in the meantime is not overwritten by whoever has not seen it. */
function changedMeanwhile(answer: readonly TargetChange[], basedOn: readonly (number | null)[]): Refusal | undefined {
  const index = answer.findIndex(({ change, previousValue }, at) => change !== 'unchanged' && previousValue !== basedOn[at]);
  const found = answer[index];
  if (!found) return undefined;
  const stands = found.previousValue === null ? 'no target stands' : `the target is ${found.previousValue}`;
  const detail = `${stands} for ${found.target.kpi} ${found.target.period} by now, not ${String(basedOn[index])}; nothing was set`;
  return refuse(409, 'changed_meanwhile', detail, { path: `targets[${index}]`, present: found.previousValue });
}

/** A closed figure is held against the target it closed with. Targets of history that nobody closed may come late. */
function closedRefusal(answer: readonly TargetChange[], book: ClosingBook | undefined, now: number): Refusal | undefined {
  if (!book) return undefined;
  for (const [index, { target, change }] of answer.entries()) {
    const period = change === 'unchanged' ? undefined : parsePeriod(target.grain, target.period);
    const closedAt = period && book.closedAt(period, now);
    if (closedAt === undefined) continue;
    const detail = `${target.period} closed at ${new Date(closedAt).toISOString()} with the target it had; restate=true changes it all the same and shows it beside the closed figure`;
    return refuse(422, 'closed_period', detail, { path: `targets[${index}].period` });
  }
  return undefined;
}

/** Without the ledger a target is taken all the same: nothing is compared, and no effect is shown. */
async function whileAnswering<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (ledgerFault(error) === undefined) throw error;
    return undefined;
  }
}

/** Two targets of one document for the same thing and from the same moment on. */
function overlap(targets: readonly Target[]): Refusal | undefined {
  const seen = new Map<string, number>();
  for (const [index, target] of targets.entries()) {
    const key = `${target.effectiveFrom === undefined ? 'now' : instantMs(target.effectiveFrom)} ${targetKey(target)}`;
    const other = seen.get(key);
    if (other !== undefined) {
      const detail = `targets[${other}] is for the same KPI, period and dimension, from the same moment on; one of them can stand`;
      return refuse(422, 'overlapping_targets', detail, { path: `targets[${index}]` });
    }
    seen.set(key, index);
  }
  return undefined;
}

function improbable({ index, comparedWith, value }: Improbable, target: Target | undefined): Refusal {
  const detail = `${target?.value} is more than 1,000 times off ${comparedWith}, which is ${value}; amounts are in minor units. confirm=true takes it all the same`;
  return refuse(422, 'improbable_target', detail, { path: `targets[${index}].value` });
}

function check(target: Target, index: number): Refusal | undefined {
  const at = (field: string) => ({ path: `targets[${index}].${field}` });
  const definition = kpiDefinition(target.kpi);
  if (!definition && target.kpi !== BUDGET) {
    const known = [...kpiDefinitions.map(({ id }) => id), BUDGET].join(', ');
    return refuse(400, 'unknown_kpi', `no KPI is called “${target.kpi}”; there are ${known}`, at('kpi'));
  }
  const period = periodAsked(target, at('period').path);
  if (isRefusal(period)) return period;
  const weights = target.curve;
  if (weights && (weights.length !== partsOf(period) || weights.every((weight) => weight === 0))) {
    return refuse(400, 'bad_curve', `a ${target.grain}’s curve has ${partsOf(period)} weights, one of them above 0 at least`, at('curve'));
  }
  const dimensions: readonly string[] = definition?.dimensions ?? budgetDimensions;
  const lacking = Object.keys(target.dimension ?? {}).find((dim) => !dimensions.includes(dim));
  if (lacking !== undefined) {
    return refuse(400, 'dimension_not_of_kpi', `${target.kpi} has no dimension “${lacking}”`, at(`dimension.${lacking}`));
  }
  if (target.value <= 0) {
    const detail = `a target is above 0: nothing can be held against ${target.value}, and a period without a target needs none`;
    return refuse(400, 'bad_value', detail, at('value'));
  }
  if (definition?.most !== undefined && target.value > definition.most) {
    const percent = definition.unit === 'ratio' ? '; 30 % is written 0.3' : '';
    return refuse(400, 'bad_value', `${target.kpi} is never above ${definition.most}${percent}`, at('value'));
  }
  const wrong = wrongValue(definition?.unit ?? 'minor', target.value);
  return wrong === undefined ? undefined : refuse(400, 'bad_value', `a target of ${target.kpi} is ${wrong}`, at('value'));
}

/** What the value, above 0, should have been; undefined when it is. Money that is no sum may have fractions, as ratios and scores have. */
function wrongValue(unit: KpiValue['unit'], value: number): string | undefined {
  if (unit === 'minor') return money.safeParse(value).success ? undefined : 'a whole amount in minor units from 1 to 9×10¹⁵';
  if (unit === 'count') return count.safeParse(value).success ? undefined : 'a whole number from 1';
  return undefined;
}

/** Each against what stands when it takes effect, the earlier ones of the same document included. */
function changes(standing: readonly Target[], incoming: readonly Target[], now: number): readonly TargetChange[] {
  const known = new Map(standing.map((target) => [targetKey(target), [target]]));
  return incoming.map((asked) => {
    const key = targetKey(asked);
    const from = asked.effectiveFrom === undefined ? now : instantMs(asked.effectiveFrom);
    const others = known.get(key) ?? [];
    const before = targetInForce(others, Math.max(now, from));
    const previousValue = before?.value ?? null;
    if (before && same(before, asked)) return { target: before, change: 'unchanged', previousValue };
    const target = { ...asked, effectiveFrom: asked.effectiveFrom ?? new Date(now).toISOString() };
    known.set(key, [...others, target]);
    if (!before) return { target, change: 'added', previousValue };
    return { target, change: effectiveMs(before) > from ? 'not_in_force' : 'superseded', previousValue };
  });
}

/** The same wish again; without an instant of its own it keeps the one it had. */
function same(before: Target, asked: Target): boolean {
  return (
    before.value === asked.value &&
    JSON.stringify(before.curve) === JSON.stringify(asked.curve) &&
    before.owner === asked.owner &&
    before.reason === asked.reason &&
    (asked.effectiveFrom === undefined || effectiveMs(before) === effectiveMs(asked))
  );
}
