/**
 * The one list of event types. Decoding, documentation, sample generation and
 * the demo all read it; adding a type is one file and one line here.
 */
import type * as z from 'zod';
import { audienceEngaged } from './audience-engaged.ts';
import { campaignEngagement } from './campaign-engagement.ts';
import { campaignPlanned } from './campaign-planned.ts';
import { campaignEnded, campaignPhase } from './campaign-progress.ts';
import { campaignSpend } from './campaign-spend.ts';
import { competitorMove } from './competitor-move.ts';
import { contentPublished } from './content-published.ts';
import { leadCreated } from './lead-created.ts';
import { leadContacted, leadDisqualified, leadLost, leadQualified, leadSigned } from './lead-status.ts';
import { mention } from './mention.ts';
import { mentionDeleted, mentionReclassified } from './mention-changes.ts';
import { orderCancelled } from './order-cancelled.ts';
import { orderPaid } from './order-paid.ts';
import { orderRefunded } from './order-refunded.ts';
import { sourceHeartbeat } from './source-heartbeat.ts';
import { trafficDaily } from './traffic-daily.ts';

export const eventDefinitions = [
  orderPaid,
  orderRefunded,
  orderCancelled,
  leadCreated,
  leadContacted,
  leadQualified,
  leadDisqualified,
  leadSigned,
  leadLost,
  mention,
  mentionReclassified,
  mentionDeleted,
  campaignPlanned,
  campaignPhase,
  campaignEnded,
  campaignSpend,
  campaignEngagement,
  audienceEngaged,
  competitorMove,
  trafficDaily,
  contentPublished,
  sourceHeartbeat,
] as const;

type Definition = (typeof eventDefinitions)[number];
export type EventType = Definition['type'];
/** `data` of one event type. */
export type EventData<T extends EventType> = z.infer<Extract<Definition, { type: T }>['data']>;

/** An event as the core sees it: parsed, known, its instant in UTC milliseconds. */
export type WarroomEvent = {
  [T in EventType]: {
    readonly type: T;
    /** Envelope id; identifies the delivery, not the thing. */
    readonly id: string;
    /** CloudEvents source, a URI reference. */
    readonly source: string;
    /** The source's claim of when it happened, UTC ms. */
    readonly occurredAt: number;
    readonly data: EventData<T>;
  };
}[EventType];

const byType = new Map<string, Definition>(eventDefinitions.map((d) => [d.type, d]));

/** The definition of a type, or undefined for `unknown_type`. */
export function eventDefinition(type: string): Definition | undefined {
  return byType.get(type);
}

/** Natural key of an event within its source. JSON keeps parts apart whatever they contain. */
export function naturalKey(event: Pick<WarroomEvent, 'type' | 'data' | 'occurredAt'>): string {
  const definition = byType.get(event.type);
  if (!definition) throw new Error(`no definition for event type ${event.type}`);
  const parts = (definition.key as (data: unknown, occurredAt: number) => readonly string[])(event.data, event.occurredAt);
  return parts.length === 1 ? (parts[0] as string) : JSON.stringify(parts);
}
