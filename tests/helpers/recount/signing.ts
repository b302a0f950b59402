/** A signing as the event that may make somebody a customer (R6). */
import type { Qualifying } from './first-customer-event.ts';
import { standing, type Fact } from '../../../server/domain/facts.ts';
import type { Calendar } from '../../../server/domain/time/calendar.ts';
import { effectiveLead } from '../../../server/domain/fold/lead-join.ts';

/** Channel and region are those of the lead, given with its facts: the signing itself has none [I6]. */
export function qualifyingSigning(fact: Fact, leads: readonly Fact[], calendar: Calendar): Qualifying | undefined {
  const signed = standing(fact, 'lead.signed');
  if (!signed) return undefined;
  const lead = effectiveLead(leads);
  return {
    customerId: signed.data.customerId,
    at: signed.occurredAt,
    day: calendar.dayOf(signed.occurredAt),
    channel: lead?.data.channel ?? null,
    region: lead?.data.region ?? null,
  };
}
