import { describe, expect, it } from 'vitest';
import { admit, draftFact, openDraft } from '../../../../server/domain/fold/admit.ts';
import { mentionColumns } from '../../../../server/domain/fold/mention.ts';
import type { Fact, FactVersion } from '../../../../server/domain/facts.ts';
import { keywords } from '../../../../server/domain/ledger/families/keywords.ts';
import { mentions } from '../../../../server/domain/ledger/families/mentions.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { cellsOfRows, inLedger } from '../../../helpers/recount/cells-of-rows.ts';
import { fact, version } from '../../../helpers/facts.ts';

const calendar = createCalendar('Asia/Shanghai');
const AT = Date.parse('2026-11-23T12:00:00+08:00');
const HOUR = 3_600_000;

const mention = (v: number, data: object = {}, receivedAt = AT): FactVersion =>
  version(
    'sentiment.mention',
    { mentionId: 'M', version: v, platform: '微博', brand: '山澜', text: 't', ...data },
    { occurredAt: AT, receivedAt },
  );
const reclassified = (v: number, data: object): FactVersion =>
  version('sentiment.reclassified', { mentionId: 'M', version: v, ...data }, { occurredAt: AT + HOUR });
const deleted = (v: number): FactVersion => version('sentiment.deleted', { mentionId: 'M', version: v }, { occurredAt: AT + HOUR });
const columns = (...versions: FactVersion[]) => mentionColumns(fact('/s', ...versions), calendar, 0.3);
function cells(of: Fact) {
  const context = { calendar, threshold: 0.3 };
  const rows = [...inLedger('mentions', mentions.rows(of, context)), ...inLedger('keywords', keywords.rows(of, context))];
  return cellsOfRows(rows, calendar).map(({ family, dims, measures }) => [family, dims, measures]);
}

describe('polarity of a mention (contract)', () => {
  it.each([
    [{ label: 'negative', score: 0.9 }, 'negative'],
    [{ score: -0.3 }, 'negative'],
    [{ score: -0.29 }, 'neutral'],
    [{ score: 0.29 }, 'neutral'],
    [{ score: 0.3 }, 'positive'],
    [{}, 'unscored'],
  ])('%j is %s', (data, polarity) => expect(columns(mention(1, data)).polarity).toBe(polarity));

  it('follows the threshold of the policy', () => {
    expect(mentionColumns(fact('/s', mention(1, { score: -0.3 })), calendar, 0.5).polarity).toBe('neutral');
  });
});

describe('[R17] versions of a mention are one sequence', () => {
  it('[FO10] the higher of mention and reclassification speaks', () => {
    expect(columns(mention(1, { label: 'negative' }), reclassified(2, { label: 'neutral' })).polarity).toBe('neutral');
    expect(columns(mention(3, { label: 'negative' }), reclassified(2, { label: 'neutral' })).polarity).toBe('negative');
  });
  it('a reclassification with only a score replaces the label', () => {
    expect(columns(mention(1, { label: 'negative' }), reclassified(2, { score: 0.5 })).polarity).toBe('positive');
  });
  it('a deletion takes it out of all counts, and a higher version puts it back', () => {
    expect(cells(fact('/s', mention(1, { label: 'negative' }), deleted(2)))).toEqual([]);
    expect(columns(mention(3), deleted(2)).deleted).toBe(false);
  });
  it('[I6] a deletion or reclassification that comes first leaves a fact that counts nowhere', () => {
    expect(columns(deleted(2))).toMatchObject({ at: null, brand: null, deleted: true });
    expect(columns(reclassified(2, { label: 'negative' }))).toMatchObject({ at: null, polarity: 'negative', history: false });
    expect(cells(fact('/s', reclassified(2, { label: 'negative' })))).toEqual([]);
  });
});

describe('what a mention counts for', () => {
  it('is its day by brand and platform, its hour by brand and keyword, each keyword once', () => {
    expect(cells(fact('/s', mention(1, { label: 'negative', keywords: ['漏水', '"售后"', '漏水'] })))).toEqual([
      ['mentions', '["山澜","微博"]', [0, 0, 1, 0]],
      ['keywords', '["山澜","漏水"]', [1, 0, 1]],
      ['keywords', '["山澜","\\"售后\\""]', [1, 0, 1]],
    ]);
  });
});

describe('[FO11] history: detected, else published, more than 24 h before receipt', () => {
  it.each([
    [{}, 24 * HOUR, false],
    [{}, 24 * HOUR + 1, true],
    [{ detectedAt: '2026-11-23T13:00:00+08:00' }, 24 * HOUR + 1, false],
    [{ detectedAt: '0001-01-01T00:00:00Z' }, 0, false],
    [{ detectedAt: '1969-07-20t20:17:40z' }, 24 * HOUR, false],
    [{ detectedAt: '1969-07-20t20:17:40z' }, 24 * HOUR + 1, true],
    [{ detectedAt: '9999-12-31T23:59:59Z' }, 90 * 24 * HOUR, false],
  ])('%j received %d ms after publication: %s', (data, later, history) => {
    expect(columns(mention(1, data, AT + later)).history).toBe(history);
  });

  it('an edit is as old to us as the first version of the mention', () => {
    const draft = openDraft('mention', '/s M', '/s', fact('/s', mention(1)));
    admit(draft, mention(2, { text: 'u' }, AT + 26 * HOUR), undefined);
    admit(draft, mention(3, { text: 'v' }, AT + 50 * HOUR), undefined);
    expect(draftFact(draft).versions).toMatchObject([{ version: 3, receivedAt: AT + 50 * HOUR, firstReceivedAt: AT }]);
    expect(mentionColumns(draftFact(draft), calendar, 0.3).history).toBe(false);
  });
});
