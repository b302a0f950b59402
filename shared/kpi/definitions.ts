/** What each KPI is: `GET /api/kpis/definitions`. */
import type { KpiPart } from './explain.ts';
import type { Grain, KpiDimension, KpiUnit } from './types.ts';

export interface KpiWords {
  readonly zh: string;
  readonly en: string;
}

/** A version of the rule a KPI is read by. */
export interface KpiRuleVersion {
  readonly version: number;
  /** First business day it decides, YYYY-MM-DD; null = from the beginning. */
  readonly from: string | null;
  /** Who set it and why; null for the rule the program comes with. */
  readonly owner: string | null;
  readonly reason: string | null;
}

export interface KpiDescription {
  readonly id: string;
  readonly name: KpiWords;
  readonly formula: KpiWords;
  readonly unit: KpiUnit;
  readonly better: 'up' | 'down' | null;
  readonly dimensions: readonly KpiDimension[];
  readonly grains: readonly Grain[];
  /** Parts that can be explained; none where the figure is no sum and no ratio of sums. */
  readonly parts: readonly KpiPart[];
  readonly ruleVersion: number;
  /** Oldest first. */
  readonly history: readonly KpiRuleVersion[];
}

export interface KpiDefinitions {
  readonly definitions: readonly KpiDescription[];
}
