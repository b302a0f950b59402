/**
 * A brand becomes our own after its mentions arrived: what is negative and not history is a duty from the moment the
 * policy was set, in the transaction that sets it. Incidents of a brand that is no longer ours stay: people decide.
 */
import { brandSet } from '../../../shared/text/brand-key.ts';
import { mentionColumns } from '../../domain/fold/mention.ts';
import type { MentionChange } from '../../domain/fold/mention-change.ts';
import type { Fact } from '../../domain/facts.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import { openIncidents } from '../incidents/intake.ts';
import { needsAnswer } from '../incidents/story-mention.ts';
import type { Touched } from '../ports/transaction.ts';
import type { PolicyFollowUp } from './policies.ts';

const PAGE = 500;

/** Reads every mention once, a page at a time: dear, and done only when people add to the list of brands. */
export function dutiesAfterBrands(calendar: Calendar): PolicyFollowUp {
  return async (tx, _append, policies, now, before) => {
    const known = brandSet(before.brands.own);
    const names = policies.brands.own.filter((brand) => !known.has(brand));
    if (names.length === 0) return [];
    const added = brandSet(names);
    const duty = (fact: Fact): readonly MentionChange[] => {
      const columns = mentionColumns(fact, calendar, policies.polarity.threshold);
      if (!added.has(columns.brand) || !needsAnswer(columns) || columns.history) return [];
      return [{ before: fact, after: fact, columnsBefore: columns, columns, passed: [] }];
    };
    const touched = new Set<Touched>();
    let after: string | null = null;
    for (;;) {
      const page: readonly Fact[] = await tx.pageFacts('mention', after, PAGE);
      for (const part of await openIncidents(tx, page.flatMap(duty), { now, policies, rule: 'brands' })) touched.add(part);
      if (page.length < PAGE) break;
      after = page.at(-1)?.key ?? null;
    }
    return [...touched];
  };
}
