/**
 * Ledger rows of leads. A lead's rows depend on the lead and on the one before it with the same contact, so a change moves
 * the rows of the lead itself and of its neighbours up to the first that holds for ever, however many leads a contact has.
 */
import type { Fact } from '../facts.ts';
import { compareStates, leadStates, type LeadState } from '../fold/lead-states.ts';
import { causeOf, causeOnRow, firstCause, type ChangeContext } from './cause.ts';
import type { Family } from './family.ts';
import { families, familyNames, type FamilyName } from './registry.ts';
import { appended, type Cause, type LedgerRow, type TimedRow } from './row.ts';
import { afterStep, inOrder, type Step } from './steps.ts';
import { difference } from './timeline.ts';

/** A lead as it is known: its facts over all sources, and its `lead.signed` facts. */
export interface LeadFacts {
  readonly leadId: string;
  readonly facts: readonly Fact[];
  readonly signings: readonly Fact[];
}

/** A lead of which something came. */
export interface MovedLead {
  readonly leadId: string;
  readonly before: LeadFacts;
  readonly after: LeadFacts;
  /** The versions that came, of the lead's facts and of its signings. */
  readonly steps: readonly Step[];
}

export const statesOf = ({ leadId, facts }: LeadFacts): readonly LeadState[] => leadStates(leadId, facts);

function isOfLeads(family: Family): family is Family<'lead'> {
  return family.entity === 'lead';
}
const leadFamilies = familyNames.flatMap((name): { readonly name: FamilyName; readonly family: Family<'lead'> }[] => {
  const family: Family = families[name];
  return isOfLeads(family) ? [{ name, family }] : [];
});

/**
 * Appends to `rows` what the moved leads change.
 * @param others leads of which nothing came: from every place of a moved lead, in both directions, those of its contact up
 *   to the first whose state there holds for ever
 * @param received when the steps came, UTC ms
 * @param contact rows of this contact only; null = of leads without one; absent = of all
 */
export function addLeadChanges(
  rows: LedgerRow[],
  moved: readonly MovedLead[],
  others: readonly LeadFacts[],
  received: number,
  context: ChangeContext,
  contact?: string | null,
): void {
  const signings = new Map(others.map((other) => [other.leadId, other.signings]));
  const standing = byContact(others.flatMap(statesOf));
  const [old, now] = [byContact(moved.flatMap(({ before }) => statesOf(before))), byContact(moved.flatMap(({ after }) => statesOf(after)))];
  const leads = new Map(moved.map((lead) => [lead.leadId, lead]));
  const causesOf = causesOfLeads(context);
  for (const of of new Set([...old.keys(), ...now.keys()])) {
    if (contact !== undefined && of !== contact) continue;
    // Leads without a contact are nobody's neighbours.
    const [left, came, stay] = [old.get(of) ?? [], now.get(of) ?? [], of === null ? [] : (standing.get(of) ?? [])];
    const [before, after] = [sorted([...left, ...stay]), sorted([...came, ...stay])];
    const [leftBy, cameBy] = [Map.groupBy(left, byLead), Map.groupBy(came, byLead)];
    for (const leadId of new Set([...leftBy.keys(), ...cameBy.keys()])) {
      const lead = leads.get(leadId);
      if (!lead) continue;
      const causes = causesOf(lead);
      const was = rowsOf(leftBy.get(leadId) ?? [], before, lead.before.signings, context);
      const is = rowsOf(cameBy.get(leadId) ?? [], after, lead.after.signings, context);
      const causeOn = (kind: TimedRow['kind']): Cause => (kind === 'lead' ? causes.lead : causes.signing) ?? 'reattribution';
      addDifference(rows, was, is, { received, causeOn });
    }
    for (const state of nextOnes([...left, ...came], sorted(stay))) {
      const signed = signings.get(state.leadId) ?? none;
      const [was, is] = [rowsOf([state], before, signed, context), rowsOf([state], after, signed, context)];
      addDifference(rows, was, is, { received, causeOn: () => 'reattribution' });
    }
  }
}
const none: readonly Fact[] = [];
const byLead = ({ leadId }: LeadState): string => leadId;

type Rows = readonly (readonly [FamilyName, readonly TimedRow[]])[];

function rowsOf(states: readonly LeadState[], among: readonly LeadState[], signings: readonly Fact[], context: ChangeContext): Rows {
  const entities = states.map((state) => ({ state, earlier: state.contact === null ? [] : earlierThan(state, among), signings }));
  return leadFamilies.map(({ name, family }) => [name, entities.flatMap((entity) => family.rows(entity, context))]);
}

interface Appending {
  readonly received: number;
  readonly causeOn: (kind: TimedRow['kind']) => Cause;
}

function addDifference(rows: LedgerRow[], before: Rows, after: Rows, { received, causeOn }: Appending): void {
  before.forEach(([name, old], i) => {
    for (const row of difference(old, after[i]?.[1] ?? [])) rows.push(appended(row, name, received, causeOn(row.kind)));
  });
}

/** Nearest first, up to the first that holds for ever. */
function earlierThan(state: LeadState, among: readonly LeadState[]): readonly LeadState[] {
  const earlier: LeadState[] = [];
  for (let i = placeOf(state, among) - 1; i >= 0; i--) {
    const other = among[i];
    if (!other || other.leadId === state.leadId) continue;
    earlier.push(other);
    if (other.until === Infinity) break;
  }
  return earlier;
}

/** Those behind any of the places up to the first that holds for ever: what lies behind that one does not see the places. */
function nextOnes(places: readonly LeadState[], standing: readonly LeadState[]): ReadonlySet<LeadState> {
  const found = new Set<LeadState>();
  for (const place of places)
    for (let i = placeOf(place, standing); i < standing.length; i++) {
      const state = standing[i];
      if (!state || compareStates(state, place) <= 0) continue;
      if (found.has(state)) break;
      found.add(state);
      if (state.until === Infinity) break;
    }
  return found;
}

/** How many of the sorted states come before it. */
export function placeOf(state: Pick<LeadState, 'at' | 'leadId'>, among: readonly LeadState[]): number {
  let [low, high] = [0, among.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = among[middle];
    if (other && compareStates(other, state) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sorted(states: LeadState[]): readonly LeadState[] {
  return states.sort(compareStates);
}

function byContact(states: readonly LeadState[]): Map<string | null, LeadState[]> {
  return Map.groupBy(states, ({ contact }) => contact);
}

/** Why the rows of a moved lead and of its signings change; undefined where nothing of these came. */
function causesOfLeads(context: ChangeContext) {
  return ({ before, steps }: MovedLead): { readonly lead: Cause | undefined; readonly signing: Cause | undefined } => {
    const known = new Map([...before.facts, ...before.signings].map((fact) => [`${fact.kind} ${fact.key}`, fact]));
    let [lead, signing]: (Cause | undefined)[] = [];
    for (const step of inOrder(steps)) {
      const id = `${step.kind} ${step.key}`;
      const fact = known.get(id);
      const after = afterStep(fact, step);
      if (after === fact) continue;
      known.set(id, after);
      const cause = causeOf(step, fact, context);
      if (step.kind === 'lead') lead = firstCause(lead, cause);
      signing = firstCause(signing, causeOnRow('leadStatus', step, cause));
    }
    return { lead, signing };
  };
}
