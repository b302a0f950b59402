/**
 * What a batch did to one mention, as incident intake sees it. One change a mention
 * and batch: states a mention passed through inside a single transaction never stood.
 */
import type { Policies, PolicyName } from '../../../shared/kpi/targets.ts';
import type { MentionColumns } from '../fact-columns.ts';
import type { Fact, FactVersion } from '../facts.ts';

export interface MentionChange {
  /** As stored before the batch; undefined when the mention is new. */
  readonly before: Fact | undefined;
  readonly after: Fact;
  readonly columnsBefore: MentionColumns | undefined;
  readonly columns: MentionColumns;
  /** Versions that came with this change and did not stand at its end. */
  readonly passed: readonly FactVersion[];
}

/** What intake may know besides the changes. */
export interface MentionIntakeContext {
  /** The store's clock at receipt of the batch, UTC ms. */
  readonly now: number;
  /** As they stand in this transaction. */
  readonly policies: Policies;
  /** Set where a rule changed and no mention did: what it makes negative is a duty from `now` on. */
  readonly rule?: PolicyName;
  /** Set where mentions that were taken for history turn out to be none: a duty from `now` on. */
  readonly decidedAgain?: true;
  /**
   * What our clock would have told at the moment of a stamp, should it be wrong: one answer for each way in which it may
   * be [T8]. Absent while nothing suggests that.
   */
  readonly otherwise?: readonly ((stamp: number) => number)[];
}
