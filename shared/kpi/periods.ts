/** Days and months with how final their figures are (contract, `GET /api/periods`). */
import type { KpiState } from './types.ts';

export interface PeriodRow {
  readonly grain: 'day' | 'month';
  /** As it is written in queries: 2026-11-23, 2026-11. */
  readonly period: string;
  /** First business day and the day after the last, YYYY-MM-DD. */
  readonly start: string;
  readonly end: string;
  /** `restated`: rows of the period were received after it closed. */
  readonly state: KpiState;
  /** When it closes, or closed, RFC 3339 in UTC; null for history that nobody closed. */
  readonly closesAt: string | null;
  /** The same once it is past. */
  readonly closedAt: string | null;
  readonly closedBy: 'itself' | 'hand' | null;
  /** Of a closing by hand. */
  readonly owner: string | null;
  readonly reason: string | null;
}

export interface PeriodPage {
  /** The latest end first; a month before its last day. */
  readonly periods: readonly PeriodRow[];
  readonly total: number;
  readonly next: string | null;
}
