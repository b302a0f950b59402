/** The wall's sums in memory say at every commit what the ledger says, and go on while it is away. */
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { LedgerRow } from '../../../../server/domain/ledger/row.ts';
import { createCalendar, HOUR_MS } from '../../../../server/domain/time/calendar.ts';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import type { LedgerReads, SumQuestion, SumRow } from '../../../../server/pipeline/ports/ledger.ts';
import { rebuildMentions } from '../../../../server/pipeline/fold/rebuild.ts';
import { createRunningSums, type RunningSums } from '../../../../server/pipeline/push/running-sums.ts';
import { dutiesAfterPolarity } from '../../../../server/pipeline/services/duties-after-polarity.ts';
import { createPolicyService } from '../../../../server/pipeline/services/policies.ts';
import { generateEvents } from '../../../helpers/event-generator.ts';
import { openLine, type Line } from '../../../helpers/line.ts';
import { createMemoryLedger, type MemoryLedger } from '../../../helpers/memory-ledger.ts';
import { seededRandom, type Random } from '../../../helpers/random.ts';
import { testSeed } from '../../../helpers/seed.ts';

const calendar = createCalendar('Asia/Shanghai');
const sorted = (rows: readonly SumRow[]) => rows.map((row) => JSON.stringify([row.bucket, row.dims, row.measures.map(String)])).sort();

/** A ledger that answers late, or not at all. */
function fragile(ledger: MemoryLedger, random: Random) {
  const state = { away: false, asked: 0, slow: 0, aheadMost: Infinity, fewBefore: -Infinity };
  const answer = async <T>(run: () => Promise<T>): Promise<T> => {
    state.asked += 1;
    for (let left = random.below(1 + state.slow); left > 0; left--) await turn();
    if (state.away) throw new Unavailable('ledger_unavailable', 'away');
    const found = await run();
    for (let left = random.below(1 + state.slow); left > 0; left--) await turn();
    return found;
  };
  const reads: Pick<LedgerReads, 'ask' | 'sumsAt'> = {
    ask: (questions) => answer(() => ledger.ask(questions)),
    sumsAt: (questions, asOf, most) =>
      answer(() => ledger.sumsAt(questions, asOf, asOf < state.fewBefore ? Math.min(most, state.aheadMost) : most)),
  };
  return { state, reads };
}

describe('running sums over a line of random events', () => {
  let line: Line | undefined;
  afterEach(() => line?.close());

  const questionsAt = (now: number): SumQuestion[] => {
    const day = calendar.dayOf(now);
    const hour = calendar.hourBucket(now);
    const sales = { ask: 'sums', family: 'sales', unit: 'day', where: [] } as const;
    const questions: SumQuestion[] = [
      { ...sales, from: day, to: day + 1, by: [] },
      { ...sales, from: day, to: day + 1, by: ['channel'] },
      { ...sales, from: day - 20, to: day + 1, by: [], perBucket: true },
      { ...sales, unit: 'hour', from: day * 24, to: day * 24 + 24, by: [], perBucket: true },
      { ...sales, unit: 'hour', from: (day - 7) * 24 + 15, to: (day - 6) * 24, by: [] },
      { ...sales, from: day - 40, to: day + 1, by: ['category', 'core'], where: [{ dim: 'region', value: '华东' }] },
      { ...sales, from: day - 40, to: day + 1, by: [], where: [{ dim: 'campaign', value: null }] },
      { ask: 'sums', family: 'keywords', unit: 'hour', from: hour - 23, to: hour + 1, by: ['brand', 'keyword'], where: [] },
      { ask: 'sums', family: 'mentions', unit: 'day', from: day - 9, to: day + 1, by: ['brand'], where: [] },
      { ask: 'sums', family: 'newCustomers', unit: 'day', from: day - 40, to: day + 1, by: ['channel'], where: [] },
      { ask: 'sums', family: 'spend', unit: 'day', from: 0, to: day + 1, by: ['campaign'], where: [] },
    ];
    const before: SumQuestion[] = [
      { ...sales, from: day - 1, to: day, by: [] },
      { ...sales, from: day - 30, to: day - 1, by: ['channel'] },
    ];
    return [
      ...questions.map((question) => ({ ...question, cut: { asOf: now } })),
      // Up to this time on an earlier day, with the rows of the rest of it behind.
      ...before.map((question, i) => ({ ...question, cut: { asOf: now - (i === 0 ? 1 : 20) * 24 * HOUR_MS } })),
    ];
  };

  it('[KP16] equal a fresh read of the ledger at any commit, over midnight, a changed rule and while the ledger is away', async () => {
    const seed = testSeed('running sums');
    const random = seededRandom(seed);
    const start = Date.parse('2026-11-22T20:00:00+08:00');
    let tell = (_appended: Parameters<RunningSums['onCommit']>[0]): void => undefined;
    line = await openLine({ now: new Date(start).toISOString(), onAppended: (appended) => tell(appended) });
    const { clock, ledger, store, commit } = line;
    const { state, reads } = fragile(ledger, random);
    const sums = createRunningSums({ ledger: reads, calendar, clock });
    tell = (appended) => sums.onCommit(appended);
    const policies = createPolicyService({
      ...{ reads: store.reads, commit, calendar, clock },
      followUps: {
        polarity: dutiesAfterPolarity((tx, append, thresholds, judged) =>
          rebuildMentions(tx, append, { calendar, workspaceSince: 0, ...thresholds }, judged),
        ),
      },
    });
    /** Until when a question that was answered is surely held, by its text without the cut. */
    const surely = new Map<string, number>();
    const keyOf = ({ cut: _cut, ...question }: SumQuestion): string => JSON.stringify(question);
    let [compared, withoutLedger] = [0, 0];

    async function compare(questions: readonly SumQuestion[]): Promise<void> {
      const now = clock.now();
      const held = questions.every((question) => (surely.get(keyOf(question)) ?? 0) > now);
      let answers: readonly (readonly SumRow[])[];
      try {
        answers = await sums.sums(questions);
      } catch (error) {
        expect(error).toBeInstanceOf(Unavailable);
        expect(held && state.away, 'held questions need no ledger').toBe(false);
        return;
      }
      if (state.away) withoutLedger += 1;
      const fresh = await ledger.ask(questions);
      answers.forEach((rows, i) => expect(sorted(rows), `${JSON.stringify(questions[i])} SEED=${seed}`).toEqual(sorted(fresh[i] ?? [])));
      // Of the rows behind an earlier moment only the first are known: such a question may need the ledger at any time.
      for (const question of questions) if (question.cut?.asOf === now) surely.set(keyOf(question), now + 500_000);
      compared += 1;
    }

    const feed = (): object[] => {
      const now = clock.now();
      const more = { count: 1 + random.below(12), ids: 8, spanMs: 30 * 24 * HOUR_MS, instants: 300 };
      const events = generateEvents({ seed: random.below(1e9), until: now, ...more });
      // Some happen up to two minutes from now.
      return events.map((event) => (random.chance(0.25) ? { ...event, time: new Date(now + random.below(120_000)).toISOString() } : event));
    };
    for (let step = 0; step < 250; step++) {
      state.slow = random.pick([0, 0, 5]);
      state.aheadMost = random.pick([2, 10, Infinity]);
      state.fewBefore = clock.now() - HOUR_MS;
      if (random.chance(0.1)) state.away = !state.away;
      if (random.chance(0.05)) {
        const value = { threshold: random.pick([0.1, 0.3, 0.6]) };
        await policies.put('polarity', { value, owner: 'o', reason: `r${step}` });
      }
      const questions = random.shuffle(questionsAt(clock.now())).slice(0, 1 + random.below(11));
      // A question on its way while commits go on: its answer is of its moment, the next one must have everything once.
      const early = random.chance(0.5) ? sums.sums(questions).catch((error: unknown) => expect(error).toBeInstanceOf(Unavailable)) : null;
      await line.ingest(feed());
      if (random.chance(0.3)) await line.ingest(feed());
      await early;
      await compare(questions);
      line.at(clock.now() + random.pick([0, 700, 20_000, 100_000, random.below(3 * HOUR_MS)]));
      if (random.chance(0.5)) await compare(questionsAt(clock.now()));
    }
    expect(compared).toBeGreaterThan(150);
    expect(withoutLedger).toBeGreaterThan(0);
    expect(clock.now() - start).toBeGreaterThan(24 * HOUR_MS);
  });
});

describe('running sums', () => {
  const DAY = 20_000;
  const NOON = Date.parse('2024-10-04T12:00:00+08:00');
  let entity = 0;
  const sale = (paid: number, more: Partial<LedgerRow> & { campaign?: string } = {}): LedgerRow => {
    const { campaign = null, ...row } = more;
    const dims = ['天猫', '华东', campaign, '咖啡机', 'true', 'b', 'b'];
    return {
      ...{ family: 'sales', kind: 'order', entity: `o${++entity}`, at: NOON, since: NOON, received: NOON, cause: 'new' },
      ...{ dims, measures: [paid, 0, 0, 1, 1] },
      ...row,
    };
  };
  const today: SumQuestion = { ask: 'sums', family: 'sales', unit: 'day', from: DAY, to: DAY + 1, by: [], where: [] };

  function rig() {
    let now = NOON + HOUR_MS;
    let position = 0;
    const ledger = createMemoryLedger(calendar);
    const { state, reads } = fragile(ledger, seededRandom(1));
    const sums = createRunningSums({ ledger: reads, calendar, clock: { now: () => now, monotonic: () => now } });
    return {
      ...{ state, sums, ledger },
      pass: (ms: number) => void (now += ms),
      append(rows: readonly LedgerRow[], tell = true) {
        ledger.append(++position, rows);
        if (tell) sums.onCommit({ position, rows });
      },
      async paid(question = today, asOf = now) {
        const [rows = []] = await sums.sums([{ ...question, cut: { asOf } }]);
        return rows.reduce((sum, row) => sum + Number(row.measures[0]), 0);
      },
    };
  }

  it('ask the ledger once and are carried on from there, also without it', async () => {
    const { state, append, paid } = rig();
    append([sale(100)]);
    expect(await paid()).toBe(100);
    state.away = true;
    append([sale(20), sale(7, { at: NOON + 24 * HOUR_MS })]);
    append([]);
    append([sale(-100), sale(80)]);
    expect([await paid(), state.asked]).toEqual([100, 1]);
    await expect(paid({ ...today, by: ['channel'] })).rejects.toBeInstanceOf(Unavailable);
    state.away = false;
    expect(await paid({ ...today, by: ['channel'] })).toBe(100);
  });

  it('[R21] take a row in when its time has come, not when it is known', async () => {
    const { append, paid, pass, state } = rig();
    append([sale(100), sale(5, { since: NOON + HOUR_MS + 1_000 })]);
    expect(await paid()).toBe(100);
    append([sale(20, { since: NOON + HOUR_MS + 2_000 })]);
    expect(await paid()).toBe(100);
    pass(999);
    expect(await paid()).toBe(100);
    pass(1);
    expect(await paid()).toBe(105);
    pass(1_000);
    expect([await paid(), state.asked]).toEqual([125, 1]);
  });

  it('answer a moment they have passed, or another cut, from the ledger', async () => {
    const { append, paid, pass, state, sums } = rig();
    append([sale(100, { received: NOON }), sale(5, { since: NOON + HOUR_MS + 500, received: NOON + 9 })]);
    pass(1_000);
    expect([await paid(), state.asked]).toEqual([105, 1]);
    expect([await paid(today, NOON + HOUR_MS), state.asked]).toEqual([100, 2]);
    const [rows] = await sums.sums([{ ...today, cut: { asOf: NOON + HOUR_MS + 1_000, knownAt: NOON } }]);
    expect([rows?.[0]?.measures[0], state.asked]).toEqual([100, 3]);
    expect(await paid(today, NOON + 5 * HOUR_MS)).toBe(105);
    expect([await paid(), state.asked]).toEqual([105, 4]);
  });

  it('of a moment with very many rows behind hold the first of them, and ask again where those end', async () => {
    const { append, paid, pass, state, sums } = rig();
    const dayBefore = { ...today, from: DAY - 1, to: DAY };
    const [start, many, every] = [NOON - 23 * HOUR_MS, 5_000, 1_000];
    append(Array.from({ length: many }, (_, i) => sale(1, { at: start, since: start + (i + 1) * every })));
    const asked: number[] = [];
    for (let passed = 0; passed <= many; passed += 250) {
      expect(await paid(dayBefore, start + passed * every)).toBe(passed);
      expect(sums.size()).toBeLessThanOrEqual(1_001);
      asked.push(state.asked);
      if (passed % 1_000 === 0) append(Array.from({ length: 900 }, () => sale(1, { at: start, since: start + 10_000 * every })));
      pass(250 * every);
    }
    expect(asked).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 5]);
    // A question on its way is of its own moment: another one does not take its rows for all there are.
    const [first, later] = [{ ...dayBefore, by: ['channel'] }, start + 3_000 * every];
    expect(await Promise.all([paid(first, start), paid(first, later)])).toEqual([0, 3_000]);
  });

  it('let a clock behind which nobody asks go on without the ledger, whatever moment the question was about', async () => {
    const { append, paid, pass, state, sums } = rig();
    const dayBefore = { ...today, from: DAY - 1, to: DAY };
    const moment = NOON - 24 * HOUR_MS;
    expect([await paid(), await paid(dayBefore, moment)]).toEqual([0, 0]);
    for (let i = 1; i <= 5; i++) {
      pass(10_000);
      const rows = Array.from({ length: 400 }, (_, n) => sale(1, { since: NOON + HOUR_MS + i * 10_000 - 400 + n }));
      append([
        ...rows,
        ...rows.map(({ entity: name, since, ...row }) => ({ ...row, entity: `${name} late`, since: since - 25 * HOUR_MS, at: moment })),
      ]);
      expect(sums.size()).toBeLessThanOrEqual(2 * 1_402);
    }
    expect([await paid(), await paid(dayBefore, moment + 50_000), state.asked]).toEqual([2_000, 2_000, 2]);
  });

  it('read the ledger again after a commit they were not told of', async () => {
    const { append, paid, state } = rig();
    append([sale(100)]);
    expect(await paid()).toBe(100);
    append([sale(20)], false);
    append([sale(3)]);
    expect([await paid(), state.asked]).toEqual([123, 2]);
  });

  it('[I16] are exact beyond 2^53', async () => {
    const { append, sums } = rig();
    const [big, asOf] = [Number.MAX_SAFE_INTEGER, NOON + HOUR_MS];
    append([sale(big)]);
    const measure = async () => (await sums.sums([{ ...today, cut: { asOf } }]))[0]?.[0]?.measures[0];
    expect(await measure()).toBe(big);
    append([sale(big), sale(3)]);
    expect(await measure()).toBe(2n * BigInt(big) + 3n);
    append([sale(-big)]);
    append([sale(-3)]);
    expect(await measure()).toBe(big);
  });

  it('forget what nobody asks any more, and never hold a question of very many groups', async () => {
    const { append, paid, pass, state, sums } = rig();
    append([sale(100), ...Array.from({ length: 20_001 }, (_, i) => sale(1, { campaign: `c${i}` }))]);
    const wide = { ...today, by: ['campaign'] };
    expect([await paid(), await paid(wide), await paid(wide), state.asked]).toEqual([20_101, 20_101, 20_101, 3]);
    expect(sums.size()).toBe(1);
    pass(600_001);
    append([sale(1)]);
    expect(sums.size()).toBe(0);
    expect([await paid(), state.asked]).toEqual([20_102, 4]);
  });

  it('keep the questions asked last where there are too many', async () => {
    const { append, paid, pass, sums } = rig();
    append(Array.from({ length: 15_000 }, (_, i) => sale(1, { campaign: `c${i}` })));
    for (let from = DAY - 9; from <= DAY; from++) {
      pass(1);
      expect(await paid({ ...today, from, by: ['campaign'] })).toBe(15_000);
      expect(sums.size()).toBeLessThanOrEqual(100_000);
    }
    expect(sums.size()).toBe(90_000);
  });
});
