/**
 * A lead as others see it. Lead ids hold across sources, so several facts may speak of
 * one lead: the highest version does, ties to the smaller source, whatever came first.
 */
import { standing, type Fact, type FactVersion } from '../facts.ts';

export type Lead = FactVersion<'lead.created'>;

/** Of all facts with one lead id; undefined for none. */
export function effectiveLead(facts: readonly Fact[]): Lead | undefined {
  let best: Lead | undefined;
  let source = '';
  for (const fact of facts) {
    const lead = standing(fact, 'lead.created');
    if (!lead) continue;
    if (best && (lead.version < best.version || (lead.version === best.version && fact.source >= source))) continue;
    best = lead;
    source = fact.source;
  }
  return best;
}

/** The lead an order asks for its campaign (R13): only when it has none of its own. */
export function askedLead(order: Fact | undefined): string | null {
  const paid = order && standing(order, 'sales.order.paid');
  return paid && paid.data.campaignId === undefined ? (paid.data.leadId ?? null) : null;
}
