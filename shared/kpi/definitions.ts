/** What `GET /api/kpis/definitions` says of every KPI. */
import type { Grain, KpiDimension, KpiValue } from './types.ts';

/** A text in the languages of the pages. */
export interface BothLanguages {
  readonly zh: string;
  readonly en: string;
}

/** One version of the rule of a KPI. */
export interface RuleVersion {
  readonly version: number;
  /** RFC 3339; null for the rule that holds from the beginning. */
  readonly effectiveFrom: string | null;
  /** What this version changed. */
  readonly note: BothLanguages;
}

export interface KpiDescription {
  readonly id: string;
  readonly name: BothLanguages;
  readonly formula: BothLanguages;
  readonly unit: KpiValue['unit'];
  /** Which way is better; null: neither, such as a landing. */
  readonly better: 'up' | 'down' | null;
  readonly dimensions: readonly KpiDimension[];
  readonly grains: readonly Grain[];
  readonly ruleVersion: number;
  readonly history: readonly RuleVersion[];
}
export interface KpiDescriptions {
  readonly definitions: readonly KpiDescription[];
}
