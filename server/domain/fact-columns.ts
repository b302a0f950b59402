/**
 * Columns: the typed columns a store keeps beside a fact's body, so that reads can
 * select and sum without parsing. Derived from the standing versions (and, where
 * said, from what the fact is joined to), never a source of truth.
 *
 * `day` is a business day as days since 1970-01-01 in the business time zone.
 */
import type { FactKind } from '../../shared/events/define.ts';
import type { Polarity } from '../../shared/kpi/polarity.ts';

export interface OrderColumns {
  readonly kind: 'order';
  /** null while only a cancellation is known (a tombstone). */
  readonly paidAt: number | null;
  readonly day: number | null;
  readonly buyerId: string | null;
  /** `customerId`, else `buyerId` (R7). */
  readonly customerId: string | null;
  readonly leadId: string | null;
  readonly channel: string | null;
  readonly region: string | null;
  /** Attributed campaign (R13): the order's own, else its lead's, else null. */
  readonly campaignId: string | null;
  /** Paid and not standing as cancelled. */
  readonly counts: boolean;
  /** Counts and not fully refunded (R5, everything known). */
  readonly live: boolean;
  /** Paid, and its refunds exceed its lines: counted all the same, listed for people (`over_refund`). */
  readonly overRefunded: boolean;
}
export interface RefundColumns {
  readonly kind: 'refund';
  /** Fact key of the order it joins (same source). */
  readonly orderKey: string;
  readonly at: number;
  readonly day: number;
  readonly amount: number;
}
export interface LeadColumns {
  readonly kind: 'lead';
  readonly leadId: string;
  readonly at: number;
  readonly day: number;
  readonly channel: string;
  readonly region: string | null;
  readonly campaignId: string | null;
  readonly customerId: string | null;
  readonly contactHash: string | null;
}
export interface LeadStatusColumns {
  readonly kind: 'leadStatus';
  readonly leadId: string;
  readonly type: string;
  readonly at: number;
  readonly day: number;
  /** Of `lead.signed`. */
  readonly customerId: string | null;
}
export interface MentionColumns {
  readonly kind: 'mention';
  /** null while only a reclassification or deletion is known. */
  readonly at: number | null;
  readonly day: number | null;
  readonly brand: string | null;
  readonly platform: string | null;
  readonly storyId: string | null;
  readonly campaignId: string | null;
  readonly polarity: Polarity;
  readonly deleted: boolean;
  /** Detected (else published) more than 24 h before its first receipt: opens no clock by itself (补录待定). */
  readonly history: boolean;
}
export interface CampaignColumns {
  /** Shared by plan, phase and end of a campaign: joined across sources by `campaignId`. */
  readonly kind: 'campaign' | 'campaignPhase' | 'campaignEnd';
  readonly campaignId: string;
  readonly at: number;
}
export interface SpendColumns {
  readonly kind: 'spend';
  readonly at: number;
  readonly day: number;
  readonly campaignId: string | null;
  readonly channel: string;
  readonly spendKind: string;
  readonly line: string;
  readonly amount: number;
}
export interface EngagementColumns {
  readonly kind: 'engagement';
  readonly at: number;
  readonly campaignId: string;
  readonly platform: string;
  readonly reads: number;
  readonly likes: number;
  readonly shares: number;
}
export interface AudienceColumns {
  readonly kind: 'audience';
  readonly at: number;
  readonly personId: string;
}
export interface MoveColumns {
  readonly kind: 'move';
  readonly at: number;
  readonly competitor: string;
}
export interface TrafficColumns {
  readonly kind: 'traffic';
  readonly at: number;
  readonly day: number;
  readonly channel: string;
  readonly visits: number;
  readonly organic: number;
}
export interface ContentColumns {
  readonly kind: 'content';
  readonly at: number;
  readonly day: number;
  readonly platform: string;
}

/** A sign of life of what feeds a stream. */
export interface HeartbeatColumns {
  readonly kind: 'heartbeat';
  readonly at: number;
  readonly stream: string;
}

export type FactColumns =
  | OrderColumns
  | RefundColumns
  | LeadColumns
  | LeadStatusColumns
  | MentionColumns
  | CampaignColumns
  | SpendColumns
  | EngagementColumns
  | AudienceColumns
  | MoveColumns
  | TrafficColumns
  | ContentColumns
  | HeartbeatColumns;

/** The columns of a kind, also where several kinds share one. */
export type ColumnsOf<K extends FactKind> = FactColumns extends infer F
  ? F extends { kind: infer N }
    ? K extends N
      ? F
      : never
    : never
  : never;
