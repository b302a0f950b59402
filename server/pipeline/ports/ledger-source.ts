/** Where the ledger's rows come from: the blocks a store's transactions wrote, and the facts to write them anew from. */
import type { FactKind } from '../../../shared/events/define.ts';
import type { EntityMembers, FactWithHistory } from '../../domain/ledger/members.ts';
import type { ThresholdSince } from '../../domain/ledger/rebuild.ts';
import type { LedgerRow } from '../../domain/ledger/row.ts';

/** The rows of one transaction. Positions rise by one with every block. */
export interface LedgerBlock {
  readonly position: number;
  readonly rows: readonly LedgerRow[];
}

/** One of several parts of a snapshot that are read beside each other: `index` 0 … `of` − 1. */
export interface Share {
  readonly index: number;
  readonly of: number;
}

/** Committed state of one moment. Holds it until closed. */
export interface LedgerSnapshot {
  /** Position of the newest block of this state; 0 before the first. */
  readonly position: number;
  /** Entities it will yield, about. */
  readonly total: number;
  /** By time of receipt, oldest first. */
  readonly thresholds: readonly ThresholdSince[];
  /**
   * Every entity once, a few hundred at a time: orders and orphan refunds, customers, and the facts families are made of.
   * Given a share, those of the share: snapshots of one state yield every entity once over all shares.
   */
  entities(share?: Share): Iterable<readonly EntityMembers[]>;
  /** Every fact of a kind once, with every version it ever had, a few hundred at a time. */
  facts(kind: FactKind): Iterable<readonly FactWithHistory[]>;
  close(): void;
}

/** Synchronous: it belongs to the thread or process that keeps the ledger, never to the line's. */
export interface LedgerSource {
  /** Names the store's content. */
  readonly storeId: string;
  /** UTC ms of the store's making: days that ended before are history. */
  readonly createdAt: number;
  readonly timeZone: string;
  /** Positions of the oldest block that is kept and of the newest; null and 0 in a store without blocks. */
  bounds(): { readonly oldest: number | null; readonly newest: number };
  /** Blocks behind a position in order, as many as hold about `maxRows` rows, at least one if there is one. */
  blocks(after: number, maxRows: number): readonly LedgerBlock[];
  snapshot(): LedgerSnapshot;
  close(): void;
}
