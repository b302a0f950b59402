/**
 * What one event type is: its schema, its topic, and what makes two events
 * "the same thing again". One file per type exports one of these.
 */
import type * as z from 'zod';

/** Kafka topics, by the name that configuration uses for them. */
export const topics = ['sales', 'leads', 'sentiment', 'campaigns', 'competitors'] as const;
export type Topic = (typeof topics)[number];

/** Kinds of fact; all versions of one fact (kind, key) form one sequence. */
export type FactKind =
  | 'order'
  | 'refund'
  | 'lead'
  | 'leadStatus'
  | 'mention'
  | 'campaign'
  | 'campaignPhase'
  | 'campaignEnd'
  | 'spend'
  | 'engagement'
  | 'audience'
  | 'move'
  | 'traffic'
  | 'content'
  | 'heartbeat';

export interface EventTypeDefinition<T extends string, S extends z.ZodType> {
  /** CloudEvents `type`. */
  readonly type: T;
  readonly topic: Topic;
  readonly kind: FactKind;
  /** One sentence for the generated documentation. */
  readonly summary: string;
  readonly data: S;
  /** Natural key within the event's `source`; parts are joined by the registry. `occurredAt`: UTC ms. */
  readonly key: (data: z.infer<S>, occurredAt: number) => readonly string[];
  /** A complete, valid `data`, used in documentation and as a seed of tests. */
  readonly example: z.infer<S>;
}

export function defineEvent<T extends string, S extends z.ZodType>(definition: EventTypeDefinition<T, S>): EventTypeDefinition<T, S> {
  return definition;
}
