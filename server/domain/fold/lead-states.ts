/**
 * What a lead is over event time. While several facts speak of one lead, the lead is at every instant what the fact says
 * that speaks then, so its contact or its instant may change; nearly every lead has one state that holds for ever.
 */
import { standing, type Fact } from '../facts.ts';
import { speaksBefore, type Lead, type LeadWord } from './lead-join.ts';

export interface LeadState {
  readonly leadId: string;
  /** The fact that speaks. */
  readonly key: string;
  readonly lead: Lead;
  /** When the lead was created, which is when the state begins, UTC ms. */
  readonly at: number;
  /** When another fact begins to speak; Infinity where none ever does. */
  readonly until: number;
  readonly contact: string | null;
}

/** A state of a lead with what its rows depend on. */
export interface LeadInContact {
  readonly state: LeadState;
  /**
   * States of other leads of the contact before it, the nearest first. The last one that matters holds for ever: those
   * behind it say nothing. None for a lead without a contact.
   */
  readonly earlier: readonly LeadState[];
  /** `lead.signed` facts of the lead, over all sources. */
  readonly signings: readonly Fact[];
}

/** States of one lead by time, from its facts over all sources. */
export function leadStates(leadId: string, facts: readonly Fact[]): readonly LeadState[] {
  const words = facts.flatMap((fact): LeadWord[] => {
    const lead = standing(fact, 'lead.created');
    return lead ? [{ fact, lead }] : [];
  });
  if (words.length > 1) words.sort((a, b) => a.lead.occurredAt - b.lead.occurredAt || (speaksBefore(a, b) ? -1 : 1));
  const speaking: LeadWord[] = [];
  for (const word of words) {
    const last = speaking.at(-1);
    if (!last || speaksBefore(word, last)) speaking.push(word);
  }
  return speaking.map(({ fact, lead }, i) => ({
    leadId,
    key: fact.key,
    lead,
    at: lead.occurredAt,
    until: speaking[i + 1]?.lead.occurredAt ?? Infinity,
    contact: lead.data.contactHash ?? null,
  }));
}

/** Earlier first; leads created at one instant come by id, code point by code point, as a store's index has them. */
export function compareStates(a: Pick<LeadState, 'at' | 'leadId'>, b: Pick<LeadState, 'at' | 'leadId'>): number {
  return a.at - b.at || compareCodePoints(a.leadId, b.leadId);
}

function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return (a.codePointAt(i) ?? 0) - (b.codePointAt(i) ?? 0);
  return a.length - b.length;
}
