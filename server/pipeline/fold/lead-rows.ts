/** What the leads and signings of a chunk add to the ledger, with their neighbours of the same contact (R8, R9). */
import { standing, type Fact } from '../../domain/facts.ts';
import { draftFact } from '../../domain/fold/admit.ts';
import { compareStates, type LeadState } from '../../domain/fold/lead-states.ts';
import { addLeadChanges, statesOf, type LeadFacts, type MovedLead } from '../../domain/ledger/lead-rows.ts';
import { stepsOf, type Step } from '../../domain/ledger/steps.ts';
import type { FoldContext } from './context.ts';
import type { LeadDrafts } from './leads.ts';
import { draftsOf } from './load.ts';
import type { ContactPlace, StoreTx } from '../ports/transaction.ts';

/** Must run before the chunk's facts are put: what is stored is how they were. */
export async function foldLeadRows(fold: FoldContext, leads: LeadDrafts): Promise<void> {
  const signed = movedSignings(fold);
  const ids = [...new Set([...leads.ids, ...signed.keys()])];
  if (ids.length === 0) return;
  const unmoved = ids.filter((id) => !leads.has(id));
  const [stored, signings] = await Promise.all([fold.tx.leadsById(unmoved), fold.tx.signingsOfLeads(ids)]);
  const moved = ids.map((leadId): MovedLead => {
    const before = signings.get(leadId) ?? none;
    const came = signed.get(leadId) ?? noSignings;
    const after = [...before.filter(({ key }) => !came.some(({ fact }) => fact.key === key)), ...came.map(({ fact }) => fact)];
    const facts = stored.get(leadId) ?? none;
    return {
      leadId,
      before: { leadId, facts: leads.has(leadId) ? leads.before(leadId) : facts, signings: before },
      after: { leadId, facts: leads.has(leadId) ? leads.after(leadId) : facts, signings: after },
      steps: [...leads.steps(leadId), ...came.flatMap(({ steps }) => steps)],
    };
  });
  const others = await neighbours(fold.tx, moved);
  addLeadChanges(fold.rows, moved, others, fold.receivedAt, fold.change);
}

const none: readonly Fact[] = [];

interface MovedSigning {
  readonly fact: Fact;
  readonly steps: readonly Step[];
}
const noSignings: readonly MovedSigning[] = [];

function movedSignings(fold: FoldContext): ReadonlyMap<string, readonly MovedSigning[]> {
  const found = new Map<string, MovedSigning[]>();
  for (const draft of draftsOf(fold.drafts, 'leadStatus').values()) {
    if (!draft.moved) continue;
    const fact = draftFact(draft);
    const leadId = standing(fact, 'lead.signed')?.data.leadId;
    if (leadId === undefined) continue;
    const list = found.get(leadId);
    const signing = { fact, steps: stepsOf(fact, draft.admitted) };
    if (list) list.push(signing);
    else found.set(leadId, [signing]);
  }
  return found;
}

/** Nearly always one is enough; the others are of leads that came too or that do not hold for ever. */
const AT_FIRST = 3;

/** Unmoved leads around every place of the moved ones, in both directions up to the first that holds for ever. */
async function neighbours(tx: StoreTx, moved: readonly MovedLead[]): Promise<readonly LeadFacts[]> {
  const places = new Map<string, ContactPlace>();
  for (const { before, after } of moved)
    for (const { contact, at, leadId } of [...statesOf(before), ...statesOf(after)])
      if (contact !== null) places.set(JSON.stringify([contact, at, leadId]), { contact, at, leadId });
  if (places.size === 0) return [];
  const ids = new Set(moved.map(({ leadId }) => leadId));
  const facts = new Map<string, readonly Fact[]>();
  for (const direction of ['earlier', 'later'] as const) {
    let open: readonly Walk[] = [...places.values()].map((place) => ({ place, from: place }));
    for (let limit = AT_FIRST; open.length > 0; limit *= 2) open = await walkOn(tx, open, { direction, limit, ids, facts });
  }
  const signings = await tx.signingsOfLeads([...facts.keys()]);
  return [...facts].map(([leadId, ofLead]) => ({ leadId, facts: ofLead, signings: signings.get(leadId) ?? none }));
}

interface Walk {
  readonly place: ContactPlace;
  /** How far it went. */
  readonly from: ContactPlace;
}
interface Walking {
  readonly direction: 'earlier' | 'later';
  readonly limit: number;
  /** Of the moved leads. */
  readonly ids: ReadonlySet<string>;
  /** Facts of the leads met so far; they are added to it. */
  readonly facts: Map<string, readonly Fact[]>;
}

/** One step of each walk; those that have to go on. */
async function walkOn(tx: StoreTx, open: readonly Walk[], { direction, limit, ids, facts }: Walking): Promise<readonly Walk[]> {
  const found = await tx.leadsBeside(
    open.map(({ from }) => from),
    direction,
    limit,
  );
  const met = new Set(found.flat().flatMap(({ leadId }) => (ids.has(leadId) || facts.has(leadId) ? [] : [leadId])));
  for (const [leadId, ofLead] of await tx.leadsById([...met])) facts.set(leadId, ofLead);
  return open.flatMap(({ place }, i): Walk[] => {
    const beside = found[i] ?? [];
    const last = beside.at(-1);
    if (!last || beside.length < limit) return [];
    const ends = beside.some(({ leadId }) => {
      const states = ids.has(leadId) ? [] : statesOf({ leadId, facts: facts.get(leadId) ?? none, signings: none });
      return states.some((state) => isEnd(state, place, last, direction));
    });
    return ends ? [] : [{ place, from: { contact: place.contact, ...last } }];
  });
}

/** Whether a state that holds for ever lies beside the place, not beyond what was found. */
function isEnd(state: LeadState, place: ContactPlace, last: Omit<ContactPlace, 'contact'>, direction: Walking['direction']): boolean {
  if (state.contact !== place.contact || state.until !== Infinity) return false;
  const [from, to] = direction === 'earlier' ? [last, place] : [place, last];
  const [afterFrom, beforeTo] = [compareStates(state, from), compareStates(to, state)];
  return direction === 'earlier' ? afterFrom >= 0 && beforeTo > 0 : afterFrom > 0 && beforeTo >= 0;
}
