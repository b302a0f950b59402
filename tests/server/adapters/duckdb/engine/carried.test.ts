import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CarriedQuestion } from '../../../../../server/adapters/duckdb/engine/carried.ts';
import { distinctOf, salesRow, sumsOf } from '../../../../contracts/ledger/samples.ts';
import { engineRig, type EngineRig } from './engine-rig.ts';

let rig: EngineRig;
beforeEach(async () => {
  rig = await engineRig();
});
afterEach(() => rig.dispose());

const ask = (question: CarriedQuestion) => rig.reading((run) => rig.carried.answer(question, rig.position(), run));
const countOf = async (question: CarriedQuestion): Promise<readonly unknown[]> =>
  (await ask(question)).found.map((row) => ('count' in row ? row.count : row.measures[0]));

it('[R21] what was known once everything had come is answered as what is known, and no longer when more has come', async () => {
  await rig.append([
    salesRow({ buyer: 'A', paid: 5, orders: 1, received: 100 }),
    salesRow({ buyer: 'B', paid: 5, orders: 1, received: 200 }),
  ]);
  for (const question of [distinctOf(), sumsOf({ measures: ['paid'] })]) {
    const whole = question.ask === 'distinct' ? [2] : [10];
    const known = (knownAt: number): CarriedQuestion => ({ ...question, cut: { knownAt, besides: { until: 0, causes: ['late'] } } });
    expect(await countOf(question)).toEqual(whole);
    expect((await ask(known(200))).found).toEqual((await ask(question)).found);
    expect((await ask(known(201))).statements).toBe(0);
    expect(await countOf(known(199))).toEqual(question.ask === 'distinct' ? [1] : [5]);
  }
  await rig.append([salesRow({ buyer: 'C', paid: 5, orders: 1, received: 300 })]);
  for (const question of [distinctOf(), sumsOf({ measures: ['paid'] })]) {
    expect(await countOf({ ...question, cut: { knownAt: 200 } })).toEqual(question.ask === 'distinct' ? [2] : [10]);
    expect(await countOf({ ...question, cut: { knownAt: 300 } })).toEqual(question.ask === 'distinct' ? [3] : [15]);
    expect(await countOf(question)).toEqual(question.ask === 'distinct' ? [3] : [15]);
  }
});
