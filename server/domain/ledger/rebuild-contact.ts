/** Rows of the leads of one contact written anew: all that came at one instant of receipt at a time, as a fold saw it. */
import type { LeadState } from '../fold/lead-states.ts';
import type { ChangeContext } from './cause.ts';
import { addLeadChanges, placeOf, statesOf, type LeadFacts, type MovedLead } from './lead-rows.ts';
import { allSteps, type ContactMembers } from './members.ts';
import type { LedgerRow } from './row.ts';
import { afterStep, inOrder, type Step } from './steps.ts';

export function rowsOfContact({ contact, leads }: ContactMembers, context: ChangeContext): LedgerRow[] {
  const rows: LedgerRow[] = [];
  const known = new Map<string, LeadFacts>();
  /** States of the contact, sorted. */
  const standing: LeadState[] = [];
  const steps = leads.flatMap(({ leadId, facts, signings }) =>
    [...facts, ...signings].flatMap(allSteps).map((step): LeadStep => ({ leadId, step })),
  );
  for (const { received, byLead } of byReceipt(steps)) {
    const moved = [...byLead].flatMap(([leadId, ofLead]) => movedLead(known.get(leadId) ?? { leadId, facts: [], signings: [] }, ofLead));
    if (moved.length === 0) continue;
    const ids = new Set(moved.map(({ leadId }) => leadId));
    const others = contact === null ? [] : neighbours(moved, ids, standing).flatMap((leadId) => known.get(leadId) ?? []);
    addLeadChanges(rows, moved, others, received, context, contact);
    for (const { leadId, before, after } of moved) {
      known.set(leadId, after);
      if (contact === null) continue;
      for (const state of statesOf(before)) if (state.contact === contact) standing.splice(placeOf(state, standing), 1);
      for (const state of statesOf(after)) if (state.contact === contact) standing.splice(placeOf(state, standing), 0, state);
    }
  }
  return rows;
}

interface LeadStep {
  readonly leadId: string;
  readonly step: Step;
}
interface Receipt {
  readonly received: number;
  readonly byLead: Map<string, Step[]>;
}

function byReceipt(steps: readonly LeadStep[]): readonly Receipt[] {
  const receipts = new Map<number, Receipt>();
  for (const { leadId, step } of steps) {
    const received = step.version.receivedAt;
    let receipt = receipts.get(received);
    if (!receipt) receipts.set(received, (receipt = { received, byLead: new Map() }));
    const list = receipt.byLead.get(leadId);
    if (list) list.push(step);
    else receipt.byLead.set(leadId, [step]);
  }
  return [...receipts.values()].sort((a, b) => a.received - b.received);
}

/** None where every version that came is an older one. */
function movedLead(before: LeadFacts, steps: readonly Step[]): MovedLead[] {
  let { facts, signings } = before;
  for (const step of inOrder(steps)) {
    const list = step.kind === 'lead' ? facts : signings;
    const at = list.findIndex(({ key }) => key === step.key);
    const known = list[at];
    const fact = afterStep(known, step);
    if (fact === known) continue;
    const next = known ? list.with(at, fact) : [...list, fact];
    if (step.kind === 'lead') facts = next;
    else signings = next;
  }
  if (facts === before.facts && signings === before.signings) return [];
  return [{ leadId: before.leadId, before, after: { leadId: before.leadId, facts, signings }, steps }];
}

/** Other leads around every place of the moved ones, in both directions up to the first that holds for ever. */
function neighbours(moved: readonly MovedLead[], ids: ReadonlySet<string>, standing: readonly LeadState[]): string[] {
  const found = new Set<string>();
  for (const { before, after } of moved)
    for (const place of [...statesOf(before), ...statesOf(after)]) {
      const at = placeOf(place, standing);
      for (let i = at - 1; i >= 0 && !isEnd(standing[i]); i--);
      for (let i = at; i < standing.length && !isEnd(standing[i]); i++);
    }
  return [...found];

  function isEnd(state: LeadState | undefined): boolean {
    if (!state || ids.has(state.leadId)) return false;
    found.add(state.leadId);
    return state.until === Infinity;
  }
}
