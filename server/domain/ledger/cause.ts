/** Why a step changes figures (R26). */
import type { Fact, FactVersion } from '../facts.ts';
import { DAY_MS } from '../time/calendar.ts';
import type { RowContext } from './family.ts';
import { causes, type Cause, type EntityKind } from './row.ts';
import type { Step } from './steps.ts';

export interface ChangeContext extends RowContext {
  /** The workspace's making, UTC ms: a day that ended before is history, and nothing that falls into it is late. */
  readonly workspaceSince: number;
}

/** A business day takes late facts as ordinary ones for this long. */
const OPEN_MS = 2 * DAY_MS;

/** @param before the fact as it was known before the step */
export function causeOf({ version }: Pick<Step, 'version'>, before: Fact | undefined, context: ChangeContext): Cause {
  if (version.type === 'sales.order.cancelled') return 'cancellation';
  if (version.type === 'sentiment.reclassified') return 'reclassification';
  if (version.type === 'sentiment.deleted') return 'deletion';
  const standing = before?.versions.find(({ type }) => type === version.type);
  if (standing) return movedOnly(standing, version) ? 'reattribution' : 'correction';
  if (version.type === 'sales.order.refunded') return 'refund';
  return isLate(version, context) ? 'late' : 'new';
}

/** The cause on a row that a step moved: rows of what the fact is joined to are moved by the join. */
export function causeOnRow(kind: EntityKind, step: Step, cause: Cause): Cause {
  if (step.kind === 'lead' && kind !== 'lead') return 'reattribution';
  if (step.kind === 'order' && kind === 'refund') return 'reattribution';
  return cause;
}

/** Of several causes of one change the one that stands first in R26. */
export function firstCause(a: Cause | undefined, b: Cause): Cause {
  return a === undefined || causes.indexOf(b) < causes.indexOf(a) ? b : a;
}

function isLate({ occurredAt, receivedAt }: FactVersion, { calendar, workspaceSince }: ChangeContext): boolean {
  // Most events are young; the calendar is asked only about the others.
  if (receivedAt - occurredAt < OPEN_MS) return false;
  const end = calendar.startOfDay(calendar.dayOf(occurredAt) + 1);
  return end > workspaceSince && receivedAt >= end + OPEN_MS;
}

/** Channel, region or campaign differ, and nothing else. */
function movedOnly(a: FactVersion, b: FactVersion): boolean {
  const elsewhere = { version: 0, channel: '', region: '', campaignId: '' };
  return (
    a.occurredAt === b.occurredAt &&
    same({ ...a.data, ...elsewhere }, { ...b.data, ...elsewhere }) &&
    !same({ ...a.data, version: 0 }, { ...b.data, version: 0 })
  );
}

function same(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
