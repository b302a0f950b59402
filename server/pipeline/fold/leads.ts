/** The leads a batch moved, and the signings whose customer, channel or region hang on them. */
import { standing, type Fact } from '../../domain/facts.ts';
import { draftFact, type Draft } from '../../domain/fold/admit.ts';
import { causeOf, causeOnRow, firstCause } from '../../domain/ledger/cause.ts';
import { noteSpans } from '../../domain/ledger/customer-changes.ts';
import { signingSpans } from '../../domain/ledger/customer-events.ts';
import type { Cause } from '../../domain/ledger/row.ts';
import { afterStep, inOrder, stepsOf, type Step } from '../../domain/ledger/steps.ts';
import type { FoldContext } from './context.ts';
import { draftsOf, type Drafts } from './load.ts';
import type { StoreTx } from '../ports/transaction.ts';

/** Leads of which the batch moved some fact, with all their facts over all sources. */
export interface LeadDrafts {
  readonly ids: readonly string[];
  has(leadId: string): boolean;
  before(leadId: string): readonly Fact[];
  after(leadId: string): readonly Fact[];
  /** The versions of its facts that came. */
  steps(leadId: string): readonly Step[];
}

const nothing: readonly Fact[] = [];
const noSteps: readonly Step[] = [];
type FactsById = ReadonlyMap<string, readonly Fact[]>;
const none: FactsById = new Map();

export async function draftedLeads(tx: StoreTx, drafts: Drafts): Promise<LeadDrafts> {
  const moved = new Map<string, Map<string, Fact>>();
  const steps = new Map<string, readonly Step[]>();
  for (const draft of draftsOf(drafts, 'lead').values()) {
    if (!draft.moved) continue;
    const fact = draftFact(draft);
    const leadId = standing(fact, 'lead.created')?.data.leadId;
    if (leadId === undefined) continue;
    const facts = moved.get(leadId);
    if (facts) facts.set(fact.key, fact);
    else moved.set(leadId, new Map([[fact.key, fact]]));
    steps.set(leadId, [...(steps.get(leadId) ?? noSteps), ...stepsOf(fact, draft.admitted)]);
  }
  const ids = [...moved.keys()];
  const stored: FactsById = ids.length > 0 ? await tx.leadsById(ids) : none;
  return {
    ids,
    has: (leadId) => moved.has(leadId),
    before: (leadId) => stored.get(leadId) ?? nothing,
    steps: (leadId) => steps.get(leadId) ?? noSteps,
    after(leadId) {
      const facts = moved.get(leadId);
      const old = stored.get(leadId) ?? nothing;
      return facts ? [...old.filter((fact) => !facts.has(fact.key)), ...facts.values()] : old;
    },
  };
}

/** Notes what happened to signings: new, corrected, or given another channel by their lead. */
export async function foldSignings(fold: FoldContext, leads: LeadDrafts): Promise<void> {
  const signings = new Map<string, Signing>();
  for (const draft of draftsOf(fold.drafts, 'leadStatus').values())
    if (draft.moved) signings.set(draft.key, { before: draft.before, after: draftFact(draft), draft });
  if (leads.ids.length > 0)
    for (const facts of (await fold.tx.signingsOfLeads(leads.ids)).values())
      for (const fact of facts) if (!signings.has(fact.key)) signings.set(fact.key, { before: fact, after: fact, draft: undefined });
  if (signings.size === 0) return;

  const asked = new Set<string>();
  for (const { after } of signings.values()) {
    const leadId = leadOf(after);
    if (leadId !== undefined && !leads.has(leadId)) asked.add(leadId);
  }
  const unmoved = asked.size > 0 ? await fold.tx.leadsById([...asked]) : none;
  const before = (leadId: string): readonly Fact[] => (leads.has(leadId) ? leads.before(leadId) : (unmoved.get(leadId) ?? nothing));
  const after = (leadId: string): readonly Fact[] => (leads.has(leadId) ? leads.after(leadId) : (unmoved.get(leadId) ?? nothing));
  for (const signing of signings.values()) {
    const leadId = leadOf(signing.after);
    if (leadId === undefined) continue;
    const steps = [...(signing.draft ? stepsOf(signing.after, signing.draft.admitted) : noSteps), ...leads.steps(leadId)];
    const cause = causeOfSteps(fold, [...(signing.before ? [signing.before] : []), ...before(leadId)], steps);
    if (cause === undefined) continue;
    const oldSpans = signing.before ? signingSpans({ signing: signing.before, leads: before(leadOf(signing.before) ?? leadId) }) : [];
    noteSpans(fold.customers, oldSpans, signingSpans({ signing: signing.after, leads: after(leadId) }), cause);
  }
}

interface Signing {
  readonly before: Fact | undefined;
  readonly after: Fact;
  /** undefined where only the lead moved. */
  readonly draft: Draft | undefined;
}

function leadOf(fact: Fact): string | undefined {
  return standing(fact, 'lead.signed')?.data.leadId;
}

/** The cause the steps have together for a signing; undefined where none of them changes anything. */
function causeOfSteps({ change }: FoldContext, facts: readonly Fact[], steps: readonly Step[]): Cause | undefined {
  const known = new Map(facts.map((fact) => [`${fact.kind} ${fact.key}`, fact]));
  let cause: Cause | undefined;
  for (const step of inOrder(steps)) {
    const id = `${step.kind} ${step.key}`;
    const before = known.get(id);
    const after = afterStep(before, step);
    if (after === before) continue;
    cause = firstCause(cause, causeOnRow('leadStatus', step, causeOf(step, before, change)));
    known.set(id, after);
  }
  return cause;
}
