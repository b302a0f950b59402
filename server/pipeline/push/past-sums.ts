/** The ledger as it was at a moment: what every question of a view is cut to. */
import type { AsOf, LedgerAnswer, LedgerQuestion, LedgerReads, SumQuestion } from '../ports/ledger.ts';
import type { Moment } from '../ports/past.ts';
import type { RunningSums } from './running-sums.ts';

/**
 * As known then, only rows received by the moment are seen, whatever the question says of the time of the events: the live
 * wall saw no others. As known now, only rows that hold by the moment.
 */
export function cutAt(cut: AsOf | undefined, { at, known }: Moment): AsOf {
  const until = { ...cut, ...(cut?.besides && { besides: { ...cut.besides, until: Math.min(cut.besides.until, at) } }) };
  return known === 'then' ? { ...until, knownAt: Math.min(cut?.knownAt ?? at, at) } : { ...cut, asOf: Math.min(cut?.asOf ?? at, at) };
}

/** `moment` is asked at each question. */
export function createPastSums(
  ledger: Pick<LedgerReads, 'ask'>,
  moment: () => Moment,
): Pick<RunningSums, 'sums'> & Pick<LedgerReads, 'ask'> {
  const cutTo = <Q extends LedgerQuestion>(question: Q): Q => ({ ...question, cut: cutAt(question.cut, moment()) });

  function ask<const Q extends readonly LedgerQuestion[]>(questions: Q): Promise<{ readonly [I in keyof Q]: LedgerAnswer<Q[I]> }>;
  function ask(questions: readonly LedgerQuestion[]): Promise<readonly LedgerAnswer[]> {
    return ledger.ask(questions.map((question) => cutTo(question)));
  }
  return { ask, sums: (questions: readonly SumQuestion[]) => ask(questions) };
}
