/** Kept answers say at every moment what the ledger says, and cost it nothing while nothing changes. */
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { createKeptAnswers, type KeptAnswers } from '../../../../server/pipeline/figures/kept-answers.ts';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import type { LedgerAnswer, LedgerQuestion, LedgerReads } from '../../../../server/pipeline/ports/ledger.ts';
import { generateEvents } from '../../../helpers/event-generator.ts';
import { event, openLine, type Line } from '../../../helpers/line.ts';
import type { MemoryLedger } from '../../../helpers/memory-ledger.ts';
import { seededRandom } from '../../../helpers/random.ts';
import { testSeed } from '../../../helpers/seed.ts';

const calendar = createCalendar('Asia/Shanghai');
const said = (answers: readonly LedgerAnswer[]) =>
  answers.map((rows) =>
    rows.map((row) => JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).sort(),
  );

function counting(ledger: MemoryLedger) {
  const state = { asked: 0, away: false, between: async (): Promise<void> => undefined };
  const reads: Pick<LedgerReads, 'ask' | 'instantsAhead'> = {
    async ask(questions) {
      if (state.away) throw new Unavailable('ledger_unavailable', 'away');
      state.asked += questions.length;
      const answers = await ledger.ask(questions);
      await state.between();
      return answers;
    },
    async instantsAhead(family, asOf, most) {
      if (state.away) throw new Unavailable('ledger_unavailable', 'away');
      return ledger.instantsAhead(family, asOf, most);
    },
  };
  return { state, reads };
}

function questionsAt(asOf: number, today: number): LedgerQuestion[] {
  const sales = { family: 'sales', unit: 'day', from: today - 40, to: today + 2, where: [], cut: { asOf } } as const;
  return [
    { ask: 'sums', ...sales, by: [] },
    { ask: 'sums', ...sales, by: ['channel'], measures: ['paid'] },
    { ask: 'sums', ...sales, by: [], perBucket: true },
    { ask: 'sums', ...sales, family: 'spend', by: ['campaign'] },
    { ask: 'sums', ...sales, family: 'mentions', by: ['brand'] },
    { ask: 'sums', ...sales, family: 'organicVisits', by: [] },
    { ask: 'distinct', ...sales, by: [], of: 'buyer', measure: 'orders', severalDays: true },
    {
      ...{ ask: 'followed', ...sales, by: [], of: 'buyer', measure: 'orders', withinMs: 86_400_000, settledUpTo: asOf - 86_400_000 },
      followers: [{ family: 'leads', things: ['customer'], measures: ['leads'], where: [] }],
    },
  ];
}

describe('kept answers', () => {
  let line: Line | undefined;
  afterEach(() => line?.close());

  async function rig(now: string) {
    let tell: KeptAnswers['onCommit'] = () => undefined;
    line = await openLine({ now, onAppended: (appended) => tell(appended) });
    const { state, reads } = counting(line.ledger);
    const answers = createKeptAnswers({ ledger: reads, clock: line.clock });
    tell = (appended) => answers.onCommit(appended);
    return { line, state, answers };
  }

  it('equal a fresh read at any moment, between commits and after each, of now, of the past and of the same moment again', async () => {
    const seed = testSeed('kept answers');
    const random = seededRandom(seed);
    const start = Date.parse('2026-11-22T20:00:00+08:00');
    const { line: own, state, answers } = await rig('2026-11-22T20:00:00+08:00');
    const events = generateEvents({ seed, count: 240, until: start + 3 * 3_600_000, spanMs: 10 * 86_400_000, ids: 14, instants: 200 });
    let kept = 0;
    for (let step = 0, next = 0; step < 160; step++) {
      if (random.below(3) === 0 && next < events.length) {
        const many = 1 + random.below(6);
        await own.ingest(events.slice(next, next + many));
        next += many;
      }
      // Events up to two minutes ahead wait for their moment.
      own.at(own.clock.now() + random.below(180_000));
      const now = own.clock.now();
      const asOf = random.pick([now, now, now, now - 60_000, now - random.below(5 * 86_400_000), now + 3_600_000]);
      const asked = questionsAt(asOf, calendar.dayOf(now)).filter(() => random.below(4) > 0);
      const before = state.asked;
      const answer = await answers.ask(asked);
      kept += asked.length - (state.asked - before);
      expect(said(answer), `SEED=${String(seed)} step ${String(step)}`).toEqual(said(await own.ledger.ask(asked)));
      await turn();
    }
    expect(kept, `SEED=${String(seed)}`).toBeGreaterThan(100);
  });

  it('are asked once while nothing changes, and again for what a commit touched only', async () => {
    const { line: own, state, answers } = await rig('2026-11-23T14:00:00+08:00');
    await own.ingest(generateEvents({ seed: 5, count: 100, until: own.clock.now(), spanMs: 10 * 86_400_000, ids: 14, instants: 100 }));
    const unfollowed = () => questionsAt(own.clock.now(), calendar.dayOf(own.clock.now())).filter(({ ask }) => ask !== 'followed');
    await answers.ask(unfollowed());
    await turn();
    own.at(own.clock.now() + 1_000);
    await answers.ask(unfollowed());
    state.asked = 0;
    own.at(own.clock.now() + 60_000);
    await answers.ask(unfollowed());
    expect(state.asked).toBe(0);
    const spend = { entryId: 'new', version: 1, campaignId: 'c', channel: '天猫', kind: 'media', line: 'online', amount: 7 } as const;
    await own.ingest([event('campaign.spend', '2026-11-23T10:00:00+08:00', spend)]);
    await answers.ask(unfollowed());
    expect(state.asked).toBe(1);
    state.away = true;
    await answers.ask(unfollowed());
    expect(state.asked).toBe(1);
  });

  it('are asked once by all who ask at the same time, and by each of them where the answer does not come', async () => {
    const { line: own, state, answers } = await rig('2026-11-23T14:00:00+08:00');
    await own.ingest(generateEvents({ seed: 5, count: 100, until: own.clock.now(), spanMs: 10 * 86_400_000, ids: 14, instants: 100 }));
    // What followed may settle as time goes on: each asks that for itself.
    const asked = () => questionsAt(own.clock.now(), calendar.dayOf(own.clock.now())).filter(({ ask }) => ask !== 'followed');
    const [first, second, part] = await Promise.all([answers.ask(asked()), answers.ask(asked()), answers.ask(asked().slice(2, 4))]);
    expect(state.asked).toBe(asked().length);
    expect(said(second)).toEqual(said(first));
    expect(said(part)).toEqual(said(first).slice(2, 4));
    await own.ingest(generateEvents({ seed: 6, count: 30, until: own.clock.now(), spanMs: 10 * 86_400_000, ids: 14, instants: 100 }));
    let failures = 1;
    state.between = async () => {
      if (failures-- > 0) throw new Unavailable('ledger_behind', 'planted');
    };
    const [failed, answered] = await Promise.allSettled([answers.ask(asked()), answers.ask(asked())]);
    expect([failed.status, answered.status]).toEqual(['rejected', 'fulfilled']);
    expect(answered.status === 'fulfilled' && said(answered.value)).toEqual(said(await own.ledger.ask(asked())));
  });

  it('never mix two states: a commit in the midst of a question has all of it asked again', async () => {
    const { line: own, state, answers } = await rig('2026-11-23T14:00:00+08:00');
    const [whole, byChannel] = questionsAt(own.clock.now(), calendar.dayOf(own.clock.now()));
    if (!whole || !byChannel) throw new Error('no questions');
    const paid = (orderId: string) =>
      event('sales.order.paid', '2026-11-23T10:00:00+08:00', {
        ...{ orderId, version: 1, buyerId: orderId, channel: '天猫', region: '华东' },
        lines: [{ sku: 's', category: 'c', core: true, quantity: 1, amount: 100 }],
      });
    await own.ingest([paid('a')]);
    await answers.ask([whole]);
    state.between = async () => {
      state.between = async () => undefined;
      await own.ingest([paid('b')]);
    };
    const both = await answers.ask([whole, byChannel]);
    expect(said(both)).toEqual(said(await own.ledger.ask([whole, byChannel])));
  });
});
