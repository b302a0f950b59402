/** The leads a batch moved, and the signings whose customer, channel or region hang on them. */
import { noteChange } from '../../domain/fold/first-customer-event.ts';
import { standing, type Fact } from '../../domain/facts.ts';
import { draftFact } from '../../domain/fold/admit.ts';
import { qualifyingSigning } from '../../domain/fold/signing.ts';
import type { FoldContext } from './context.ts';
import { draftsOf, type Drafts } from './load.ts';
import type { StoreTx } from '../ports/transaction.ts';

/** Leads of which the batch moved some fact, with all their facts over all sources. */
export interface LeadDrafts {
  readonly ids: readonly string[];
  has(leadId: string): boolean;
  before(leadId: string): readonly Fact[];
  after(leadId: string): readonly Fact[];
}

const nothing: readonly Fact[] = [];
type FactsById = ReadonlyMap<string, readonly Fact[]>;
const none: FactsById = new Map();

export async function draftedLeads(tx: StoreTx, drafts: Drafts): Promise<LeadDrafts> {
  const moved = new Map<string, Map<string, Fact>>();
  for (const draft of draftsOf(drafts, 'lead').values()) {
    if (!draft.moved) continue;
    const fact = draftFact(draft);
    const leadId = standing(fact, 'lead.created')?.data.leadId;
    if (leadId === undefined) continue;
    const facts = moved.get(leadId);
    if (facts) facts.set(fact.key, fact);
    else moved.set(leadId, new Map([[fact.key, fact]]));
  }
  const ids = [...moved.keys()];
  const stored: FactsById = ids.length > 0 ? await tx.leadsById(ids) : none;
  return {
    ids,
    has: (leadId) => moved.has(leadId),
    before: (leadId) => stored.get(leadId) ?? nothing,
    after(leadId) {
      const facts = moved.get(leadId);
      const old = stored.get(leadId) ?? nothing;
      return facts ? [...old.filter((fact) => !facts.has(fact.key)), ...facts.values()] : old;
    },
  };
}

/** Notes what happened to signings: new, corrected, or told another channel by their lead. */
export async function foldSignings(fold: FoldContext, leads: LeadDrafts): Promise<void> {
  const signings = new Map<string, { before: Fact | undefined; after: Fact }>();
  for (const draft of draftsOf(fold.drafts, 'leadStatus').values())
    if (draft.moved) signings.set(draft.key, { before: draft.before, after: draftFact(draft) });
  if (leads.ids.length > 0)
    for (const facts of (await fold.tx.signingsOfLeads(leads.ids)).values())
      for (const fact of facts) if (!signings.has(fact.key)) signings.set(fact.key, { before: fact, after: fact });
  if (signings.size === 0) return;

  const asked = new Set<string>();
  for (const { after } of signings.values()) {
    const leadId = standing(after, 'lead.signed')?.data.leadId;
    if (leadId !== undefined && !leads.has(leadId)) asked.add(leadId);
  }
  const unmoved = asked.size > 0 ? await fold.tx.leadsById([...asked]) : none;
  const before = (leadId: string): readonly Fact[] => (leads.has(leadId) ? leads.before(leadId) : (unmoved.get(leadId) ?? nothing));
  const after = (leadId: string): readonly Fact[] => (leads.has(leadId) ? leads.after(leadId) : (unmoved.get(leadId) ?? nothing));
  for (const signing of signings.values()) {
    const leadId = standing(signing.after, 'lead.signed')?.data.leadId;
    if (leadId === undefined) continue;
    noteChange(
      fold.customers,
      signing.before && qualifyingSigning(signing.before, before(leadId), fold.calendar),
      qualifyingSigning(signing.after, after(leadId), fold.calendar),
    );
  }
}
