/**
 * A lead as others see it. Lead ids hold across sources, so several facts may speak of
 * one lead: the highest version does, ties to the smaller source, whatever came first.
 */
import { standing, type Fact, type FactVersion } from '../facts.ts';

export type Lead = FactVersion<'lead.created'>;

/** What one fact says of a lead. */
export interface LeadWord {
  readonly fact: Fact;
  readonly lead: Lead;
}

/** Of all facts with one lead id; undefined for none. */
export function effectiveLead(facts: readonly Fact[]): Lead | undefined {
  let best: LeadWord | undefined;
  for (const fact of facts) {
    const lead = standing(fact, 'lead.created');
    if (lead && (!best || speaksBefore({ fact, lead }, best))) best = { fact, lead };
  }
  return best?.lead;
}

/** Whether `a` speaks for the lead rather than `b`. */
export function speaksBefore(a: LeadWord, b: LeadWord): boolean {
  return a.lead.version > b.lead.version || (a.lead.version === b.lead.version && a.fact.source < b.fact.source);
}

/** The lead an order asks for its campaign (R13): only when it has none of its own. */
export function askedLead(order: Fact | undefined): string | null {
  const paid = order && standing(order, 'sales.order.paid');
  return paid && paid.data.campaignId === undefined ? (paid.data.leadId ?? null) : null;
}
