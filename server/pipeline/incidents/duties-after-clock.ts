/**
 * Our own clock stepped: what was taken for history only because of the time it told is news, and a duty from the moment
 * the step was noticed, in the transaction that remembers the step [T8].
 */
import type { MentionColumns } from '../../domain/fact-columns.ts';
import { isNews, receivedOtherwise } from '../../domain/fold/detection.ts';
import { mentionColumns } from '../../domain/fold/mention.ts';
import type { MentionChange } from '../../domain/fold/mention-change.ts';
import { standing, type Fact, type FactVersion } from '../../domain/facts.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import type { FactWrite, PendingPlace, StoreTx, Touched } from '../ports/transaction.ts';
import { openIncidents } from './intake.ts';

const PAGE = 500;

type Otherwise = (stamp: number) => number;

function stampedOtherwise(fact: Fact, otherwise: Otherwise): Fact {
  const versions = fact.versions.map((version): FactVersion =>
    version.type === 'sentiment.mention'
      ? receivedOtherwise(version, otherwise)
      : { ...version, receivedAt: otherwise(version.receivedAt) },
  );
  return { ...fact, versions };
}

const asStamped: Otherwise = (stamp) => stamp;

/**
 * Reads each mention that waits for a decision once, a page at a time; its receipt is read as it was corrected by now.
 * `otherwise`: what our clock should have told, one answer for each way in which it may still be wrong; the first that makes
 * a mention news counts.
 */
export async function dutiesAfterClock(
  tx: StoreTx,
  otherwise: readonly Otherwise[],
  { now, calendar }: { readonly now: number; readonly calendar: Calendar },
): Promise<readonly Touched[]> {
  const touched = new Set<Touched>();
  const policies = await tx.policies();
  const columnsOf = (fact: Fact): MentionColumns => mentionColumns(fact, calendar, policies.polarity.threshold);
  const changeOf = (fact: Fact): readonly MentionChange[] => {
    const mention = standing(fact, 'sentiment.mention');
    const right = mention && [asStamped, ...otherwise].find((one) => isNews(receivedOtherwise(mention, one)));
    if (right === undefined) return [];
    const after = stampedOtherwise(fact, right);
    const columns = columnsOf(after);
    return [{ before: after, after, columnsBefore: columns, columns, passed: [] }];
  };
  for (let from: PendingPlace | null = null, more = true; more;) {
    const page: Awaited<ReturnType<StoreTx['pagePending']>> = await tx.pagePending(policies.brands.own, from, PAGE);
    const writes = page.facts.map((fact): FactWrite => ({ fact, columns: columnsOf(fact), history: [], isNew: false }));
    await tx.putFacts(writes.filter(({ columns }) => columns.kind === 'mention' && !columns.history));
    for (const part of await openIncidents(tx, page.facts.flatMap(changeOf), { now, policies, decidedAgain: true })) touched.add(part);
    from = page.next;
    more = from !== null;
  }
  return [...touched];
}
