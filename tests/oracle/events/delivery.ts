/** What is delivered to the product and loaded into the oracle's tables: events, each with the instant at which it was received. */
import type { EventData, EventType } from '../../../shared/events/registry.ts';

export type OracleEvent = {
  [T in EventType]: {
    readonly specversion: '1.0';
    readonly id: string;
    readonly source: string;
    readonly type: T;
    /** RFC 3339. */
    readonly time: string;
    readonly data: EventData<T>;
  };
}[EventType];

/** Events received together. */
export interface Batch {
  /** UTC ms. */
  readonly received: number;
  readonly events: readonly OracleEvent[];
}

/** A target as it is set; `dimension` names one value of one dimension, or nothing for the whole. */
export interface OracleTarget {
  readonly kpi: string;
  readonly grain: 'day' | 'week' | 'month' | 'quarter' | 'year';
  readonly period: string;
  readonly dimension?: { readonly dim: 'channel' | 'campaign' | 'line'; readonly value: string };
  readonly value: number;
  /** UTC ms; in force from then on. */
  readonly setAt: number;
}

/** The workspace is made when the first events come: what ended before is history, and nobody closed it. */
export const madeAt = ({ batches }: Pick<EventSet, 'batches'>): number => batches[0]?.received ?? NOW;

export interface EventSet {
  readonly seed: number;
  readonly timeZone: string;
  readonly batches: readonly Batch[];
  readonly targets: readonly OracleTarget[];
}

/** The instant at which every set has been delivered, UTC ms. */
export const NOW = Date.parse('2026-11-23T04:00:00Z');
export const brands = { own: ['山澜', 'Ｓhanlan'], tracked: ['铂域', 'Nova'] } as const;
