/** Policies, targets and closings: every version kept, the newest effective one in force. Shared by the writer and the readers. */
import type { StatementSync } from 'node:sqlite';
import type { Policies, PolicyName, Target } from '../../../shared/kpi/targets.ts';
import { policyDefaults } from '../../../shared/kpi/targets.ts';
import type { HandClosing } from '../../domain/closing/closing-book.ts';
import { numberIn, textIn } from './row-values.ts';

type Prepare = (sql: string) => StatementSync;
type Rows = readonly Record<string, unknown>[];

/**
 * Take the moment, UTC ms. Of what is effective the latest effective date wins, then the later word. A policy that was in
 * force when it was set is in force, also while the clock of this machine lies behind that moment [T8].
 */
export const effectivePolicies = `select name, value from policies where effective_from <= max(?, set_at) and name <> 'roster'
  order by effective_from, version`;
/** The roster in force, on the same terms; no row where none was ever set. */
export const effectiveRoster = `select version, value from policies where name = 'roster' and effective_from <= max(?, set_at)
  order by effective_from desc, version desc limit 1`;
export const effectiveTargets = `select kpi, grain, period, dimension, document from targets
  where effective_at <= ? order by effective_at, set_at, id`;

const targetOf = (row: Record<string, unknown>): Target => JSON.parse(textIn(row, 'document')) as Target;

/** Every target ever set, in the order they were set. */
export function targetVersions(prepare: Prepare): { target: Target; setAt: number }[] {
  const rows = prepare('select document, set_at from targets order by set_at, id').all();
  return rows.map((row) => ({ target: targetOf(row), setAt: numberIn(row, 'set_at') }));
}

export const allClosings = 'select grain, period, at, owner, reason from closings order by at, grain, period';

export function closingsOf(rows: Rows): HandClosing[] {
  return rows.map((row) => ({
    grain: textIn(row, 'grain') === 'day' ? 'day' : 'month',
    period: textIn(row, 'period'),
    at: numberIn(row, 'at'),
    owner: textIn(row, 'owner'),
    reason: textIn(row, 'reason'),
  }));
}

export const policiesInForce = (prepare: Prepare, now: number): Policies => policiesOf(prepare(effectivePolicies).all(now));
export const targetsInForce = (prepare: Prepare, now: number): Target[] => targetsOf(prepare(effectiveTargets).all(now));

export function policiesOf(rows: Rows): Policies {
  const values: Record<string, unknown> = { ...policyDefaults };
  for (const row of rows) values[textIn(row, 'name')] = JSON.parse(textIn(row, 'value'));
  return values as unknown as Policies;
}

export function targetsOf(rows: Rows): Target[] {
  const newest = new Map<string, Target>();
  for (const row of rows) {
    const key = JSON.stringify([row['kpi'], row['grain'], row['period'], row['dimension']]);
    newest.set(key, targetOf(row));
  }
  return [...newest.values()];
}

export function policyVersions(prepare: Prepare, name: PolicyName) {
  const rows = prepare('select version, value, owner, reason, effective_from, set_at from policies where name = ? order by version').all(
    name,
  );
  return rows.map((row) => ({
    version: numberIn(row, 'version'),
    value: JSON.parse(textIn(row, 'value')) as unknown,
    owner: textIn(row, 'owner'),
    reason: textIn(row, 'reason'),
    effectiveFrom: numberIn(row, 'effective_from'),
    setAt: numberIn(row, 'set_at'),
  }));
}
