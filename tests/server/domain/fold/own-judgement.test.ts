import { describe, expect, it } from 'vitest';
import type { FactVersion } from '../../../../server/domain/facts.ts';
import { admit, draftFact, openDraft, type Admission } from '../../../../server/domain/fold/admit.ts';
import { isOwnJudgement, judgedHereBy } from '../../../../server/domain/fold/own-judgement.ts';
import { isDeleted, standingPolarity } from '../../../../server/domain/fold/polarity.ts';
import { addFactChanges } from '../../../../server/domain/ledger/fact-rows.ts';
import type { LedgerRow } from '../../../../server/domain/ledger/row.ts';
import { stepsOf } from '../../../../server/domain/ledger/steps.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { fact, version } from '../../../helpers/facts.ts';

const mention = (v: number, label: 'negative' | 'positive' = 'negative', reach = 1): FactVersion =>
  version(
    'sentiment.mention',
    { mentionId: 'M', version: v, platform: '微博', brand: '山澜', text: '漏水', label, reach },
    { occurredAt: 1 },
  );
const reclassified = (v: number, label: 'negative' | 'neutral' | 'positive', by?: string): FactVersion =>
  version('sentiment.reclassified', { mentionId: 'M', version: v, label, ...(by !== undefined && { by }) }, { occurredAt: 5 });
const deleted = (v: number): FactVersion => version('sentiment.deleted', { mentionId: 'M', version: v }, { occurredAt: 9 });
const own = (v: number, label: 'negative' | 'neutral' = 'neutral') => reclassified(v, label, judgedHereBy('林悦'));

const context = { calendar: createCalendar('Asia/Shanghai'), workspaceSince: 0, threshold: 0.3 };

/** What rows of one cell and pair of instants sum to; zeros are left out. */
function summed(rows: readonly LedgerRow[]): ReadonlyMap<string, readonly number[]> {
  const sums = new Map<string, number[]>();
  for (const { family, at, since, received, dims, measures } of rows) {
    const cell = JSON.stringify([family, at, since, received, dims]);
    const before = sums.get(cell) ?? measures.map(() => 0);
    sums.set(
      cell,
      measures.map((value, i) => value + (before[i] ?? 0)),
    );
  }
  return new Map([...sums].filter(([, values]) => values.some((value) => value !== 0)).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The fact after these versions, each admitted on what is stored then, and what each admission said. */
function after(...versions: FactVersion[]) {
  const said: Admission[] = [];
  const numbers = new Map<number, FactVersion>();
  const kept: FactVersion[] = [];
  const live: LedgerRow[] = [];
  let state = fact('/s', mention(1));
  addFactChanges(live, undefined, stepsOf(state, state.versions), context);
  for (const [n, given] of versions.entries()) {
    const one = { ...given, receivedAt: 1_000 * (n + 1) };
    const draft = openDraft('mention', '/s M', '/s', state);
    const seen = state.versions.find((standing) => standing.version === one.version) ?? numbers.get(one.version);
    said.push(admit(draft, one, seen));
    if (draft.moved) addFactChanges(live, state, stepsOf(draftFact(draft), draft.admitted), context);
    state = draftFact(draft);
    kept.push(...draft.history);
    for (const old of draft.history) if (!isOwnJudgement(old)) numbers.set(old.version, old);
  }
  const anew: LedgerRow[] = [];
  addFactChanges(anew, undefined, stepsOf(state, [...kept, ...state.versions]), context);
  return { said, state, polarity: standingPolarity(state, 0.3), deleted: isDeleted(state), live: summed(live), anew: summed(anew) };
}

describe('[FO17] a judgement of our own gives its number to the source', () => {
  it('stands above an edit of the mention that only repeats what people overruled', () => {
    const { said, state, polarity } = after(own(2), mention(2, 'negative', 50), mention(3, 'negative', 90));
    expect(said).toEqual(['applied', 'applied', 'applied']);
    expect(polarity).toBe('neutral');
    expect(state.versions.find(({ type }) => type === 'sentiment.mention')).toMatchObject({ version: 3, data: { reach: 90 } });
  });

  it('stands above a repeat of the source’s judgement', () => {
    expect(after(own(2), reclassified(2, 'negative'))).toMatchObject({ said: ['applied', 'older'], polarity: 'neutral' });
  });

  it('ends with another judgement of the source, so that what is negative afterwards is news', () => {
    expect(after(own(2), reclassified(2, 'positive'))).toMatchObject({ said: ['applied', 'applied'], polarity: 'positive' });
    expect(after(own(2), reclassified(2, 'positive'), reclassified(3, 'negative')).polarity).toBe('negative');
    expect(after(own(2), mention(2, 'positive')).polarity).toBe('positive');
  });

  it('hides no deletion', () => {
    expect(after(own(2), deleted(2))).toMatchObject({ said: ['applied', 'applied'], deleted: true });
  });

  it('is taken back by another one', () => {
    const { polarity, said } = after(own(2), own(3, 'negative'), mention(2, 'negative', 7), mention(3, 'negative', 9));
    expect(said).toEqual(['applied', 'applied', 'applied', 'applied']);
    expect(polarity).toBe('negative');
  });

  it('is a duplicate when it comes again, and a source’s conflict stays one', () => {
    expect(after(own(2), own(2)).said).toEqual(['applied', 'duplicate']);
    expect(after(mention(1, 'positive')).said).toEqual(['conflict']);
  });

  it.each([
    ['edits of the mention', [own(2), mention(2, 'negative', 50), mention(3, 'negative', 90)]],
    ['a repeat of the judgement', [own(2), reclassified(2, 'negative')]],
    ['another judgement, and negative again', [own(2), reclassified(2, 'positive'), reclassified(3, 'negative')]],
    ['a deletion, and put back', [own(2), deleted(2), mention(3)]],
    ['taking it back', [own(2), own(3, 'negative'), mention(3, 'negative', 9)]],
  ])('[I5] the ledger written anew from what is kept is the ledger as it was written: %s', (_name, versions) => {
    const { live, anew } = after(...versions);
    expect(anew).toEqual(live);
  });
});
