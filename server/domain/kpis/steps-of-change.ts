/**
 * The steps by which what was known at one moment becomes what is known at another, in the order of R26: rows of one cause
 * after those of another, then targets, then rules. Each step is taken on top of those before, so their differences add up.
 */
import type { Cause } from '../ledger/row.ts';

export interface ChangeStep {
  readonly cause: Cause | 'target';
  /** Causes of the rows that are seen from this step on, those of earlier steps included. */
  readonly seen: readonly Cause[];
  readonly targets: boolean;
  readonly rules: boolean;
}

/** What was seen for the first time after its day had closed is late, whatever made the day close. */
const lateOnes: readonly Cause[] = ['new', 'late'];
const byRows: readonly Cause[] = ['correction', 'refund', 'cancellation', 'reclassification', 'deletion', 'reattribution'];

/** @param found causes of the rows that came; steps nothing came for are left out */
export function stepsAfterClosing(
  found: ReadonlySet<Cause>,
  changed: { readonly targets: boolean; readonly rules: boolean },
): ChangeStep[] {
  const steps: ChangeStep[] = [];
  let seen: readonly Cause[] = [];
  const step = (cause: ChangeStep['cause'], more: readonly Cause[], targets: boolean, rules: boolean): void => {
    seen = [...seen, ...more];
    steps.push({ cause, seen, targets, rules });
  };
  const late = lateOnes.filter((cause) => found.has(cause));
  if (late.length > 0) step('late', late, false, false);
  for (const cause of byRows) if (found.has(cause)) step(cause, [cause], false, false);
  if (changed.targets) step('target', [], true, false);
  if (changed.rules || found.has('rule')) step('rule', ['rule'], true, true);
  return steps;
}
