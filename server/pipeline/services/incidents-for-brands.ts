/**
 * A brand becomes our own after its stories arrived: what is still fresh opens its incident in the transaction that sets
 * the policy. Older mentions open nothing; a deadline that passed before anybody promised it is no breach of a promise.
 */
import { brandSet } from '../../../shared/text/brand-key.ts';
import { mentionColumns } from '../../domain/fold/mention.ts';
import type { MentionChange } from '../../domain/fold/mention-change.ts';
import type { Fact } from '../../domain/facts.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import { openIncidents } from '../incidents/intake.ts';
import type { PolicyFollowUp } from './policies.ts';
import { needsAnswer, storyMention } from '../incidents/story-mention.ts';

/** Detected longer before the policy was set than this: as old as what intake itself calls history. */
const FRESH_MS = 86_400_000;
const PAGE = 500;

/** Reads every mention once, a page at a time: dear, and done only when people change the list of brands. */
export function incidentsForBrands(calendar: Calendar): PolicyFollowUp {
  return async (tx, policies, now) => {
    if (policies.brands.own.length === 0) return [];
    const own = brandSet(policies.brands.own);
    const fresh = (fact: Fact): readonly MentionChange[] => {
      const columns = mentionColumns(fact, calendar, policies.polarity.threshold);
      if (!own.has(columns.brand) || !needsAnswer(columns) || columns.history) return [];
      const mention = storyMention(fact, columns);
      if (mention === undefined || now - mention.detectedAt > FRESH_MS) return [];
      return [{ before: fact, after: fact, columnsBefore: columns, columns }];
    };
    let touched = false;
    let after: string | null = null;
    for (;;) {
      const page: readonly Fact[] = await tx.pageFacts('mention', after, PAGE);
      touched = (await openIncidents(tx, page.flatMap(fresh), { now, policies })) || touched;
      if (page.length < PAGE) break;
      after = page.at(-1)?.key ?? null;
    }
    return touched ? ['incidents'] : [];
  };
}
