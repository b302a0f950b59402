/** Ledger rows of facts that stand for themselves. */
import type { FactKind } from '../../../shared/events/define.ts';
import type { Fact } from '../facts.ts';
import { causeOf, type ChangeContext } from './cause.ts';
import type { Family } from './family.ts';
import { families, familyNames, type FamilyName } from './registry.ts';
import { appended, type Cause, type LedgerRow } from './row.ts';
import { afterStep, inOrder, type Step } from './steps.ts';
import { difference } from './timeline.ts';

interface NamedFamily {
  readonly name: FamilyName;
  readonly family: Family<'fact'>;
}

function isOfFacts(family: Family): family is Family<'fact'> {
  return family.entity === 'fact';
}

const none: readonly NamedFamily[] = [];
const byKind = new Map<FactKind, readonly NamedFamily[]>();
for (const name of familyNames) {
  const family: Family = families[name];
  if (isOfFacts(family)) for (const kind of family.facts) byKind.set(kind, [...(byKind.get(kind) ?? []), { name, family }]);
}

/** Appends to `rows` what the steps change; `before` is the fact as it was known, undefined for a new one. */
export function addFactChanges(rows: LedgerRow[], before: Fact | undefined, steps: readonly Step[], context: ChangeContext): void {
  let fact = before;
  for (const step of inOrder(steps)) {
    const after = afterStep(fact, step);
    if (after !== fact) addFactChange(rows, fact, after, step.version.receivedAt, causeOf(step, fact, context), context, context);
    fact = after;
  }
}

/** Appends the difference between two states of a fact, each seen by its own context: a changed rule gives one fact other rows. */
export function addFactChange(
  rows: LedgerRow[],
  before: Fact | undefined,
  after: Fact,
  received: number,
  cause: Cause,
  contextBefore: ChangeContext,
  context: ChangeContext,
): void {
  for (const { name, family } of byKind.get(after.kind) ?? none) {
    const old = before ? family.rows(before, contextBefore) : [];
    for (const row of difference(old, family.rows(after, context))) rows.push(appended(row, name, received, cause));
  }
}
