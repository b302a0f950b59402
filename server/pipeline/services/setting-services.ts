/** What may be asked of targets and policies: what people set, and what setting it would change. Refusals are values; `Unavailable` is thrown. */
import type { PolicyName, Target } from '../../../shared/kpi/targets.ts';
import type { Refusal } from '../ports/refusal.ts';

export interface TargetChange {
  readonly target: Target;
  /** not_in_force: kept for the record; the one that stands takes effect later, and so stays in force. */
  readonly change: 'added' | 'superseded' | 'unchanged' | 'not_in_force';
  /** Of the one that stands when this one takes effect. */
  readonly previousValue: number | null;
  /** Of a dry run, where the period has begun and the target is a KPI's: what the figures held against it would be. */
  readonly effect?: TargetEffect;
}
export interface TargetEffect {
  /** The KPI so far. */
  readonly value: number | null;
  readonly attainment: { readonly before: number | null; readonly after: number | null };
  /** Of net sales. */
  readonly pace: { readonly before: number | null; readonly after: number | null } | null;
}
export interface TargetService {
  list(): Promise<readonly Target[]>;
  put(
    targets: readonly Target[],
    options: {
      dryRun: boolean;
      /** Also in closed periods. */ restate?: boolean;
      /** A value far off what it was so far is meant. */ confirm?: boolean;
      /** Of each target the value it was made from; refused where another one stands. */ basedOn?: readonly (number | null)[];
    },
  ): Promise<readonly TargetChange[] | Refusal>;
}
export interface PolicyVersion {
  readonly name: PolicyName;
  readonly value: unknown;
  readonly version: number;
  readonly owner: string | null;
  readonly reason: string | null;
  readonly effectiveFrom: number | null;
  /** Every version that was set, oldest first. */
  readonly history: readonly PolicyChange[];
}
/** One version of a policy as it was set. Instants are UTC ms. */
export interface PolicyChange {
  readonly version: number;
  readonly value: unknown;
  readonly owner: string;
  readonly reason: string;
  readonly effectiveFrom: number;
  readonly setAt: number;
}
export interface PolicyDocument extends Pick<PolicyChange, 'value' | 'owner' | 'reason'> {
  readonly effectiveFrom?: string;
  /** Dates the rule back into closed periods. */
  readonly restate?: boolean;
  /** The version it was made from; refused where another one stands. */
  readonly basedOn?: number;
}
export interface PolicyService {
  get(name: string): Promise<PolicyVersion | Refusal>;
  put(name: string, document: PolicyDocument): Promise<PolicyVersion | Refusal>;
}
