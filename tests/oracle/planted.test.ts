/** Faults planted on purpose, each found by some seeds: what the oracle would not see, it could not promise. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kpiDefinitions } from '../../server/domain/kpis/registry.ts';
import { seededRandom } from '../helpers/random.ts';
import { differences } from './compare.ts';
import type { EventSet } from './events/delivery.ts';
import { generateSet } from './events/generate.ts';
import { openProduct, type Asked, type Product } from './product/answers.ts';
import { faults, type EventFault, type Fault } from './product/faults.ts';
import type { Question } from './facts/world.ts';
import { answerable, questionsOf } from './questions.ts';
import { recount, type Recount } from './recount.ts';
import { notRecounted, oracleKpis } from './sql/all.ts';

const SEEDS = 14;
const QUESTIONS = 14;
const recounted = new Set(oracleKpis.map(({ id }) => id));
const registered = kpiDefinitions.filter(({ id }) => recounted.has(id));
const cases = faults.flatMap((fault) =>
  fault.kpis.filter((kpi) => registered.some(({ id }) => id === kpi)).map((kpi) => ({ kpi, name: fault.name, fault })),
);

it('[R1] every KPI that is recounted has a fault planted', () => {
  const planted = new Set(faults.flatMap(({ kpis }) => kpis));
  expect(registered.map(({ id }) => id).filter((id) => !planted.has(id) && !notRecounted.has(id))).toEqual([]);
});

describe('[R21] a planted fault is found', () => {
  const sets = Array.from({ length: SEEDS }, (_, i) => generateSet(i + 1));
  const questions = sets.map((set, i) => questionsOf(set, seededRandom(set.seed), QUESTIONS, i * QUESTIONS));
  const products: Product[] = [];
  let oracle: Recount;

  beforeAll(async () => {
    oracle = await recount(sets, questions.flat());
    for (const set of sets) products.push(await openProduct(set));
  });
  afterAll(async () => {
    for (const product of products) await product.close();
  });

  /** Whether some question of a set is answered otherwise than the oracle does. */
  async function found(asked: Asked, of: readonly Question[], kpi: string): Promise<boolean> {
    const definitions = registered.filter(({ id }) => id === kpi);
    for (const question of of) {
      if (answerable(question, definitions).length === 0) continue;
      if (differences(question, kpi, await asked.ask(question, [kpi]), oracle.of(kpi, question.q)).length > 0) return true;
    }
    return false;
  }

  async function foundWith(fault: Fault, i: number, kpi: string): Promise<boolean> {
    const [set, product, of] = [sets[i], products[i], questions[i] ?? []];
    if (!set || !product) throw new Error(`no set ${i}`);
    if ('rows' in fault) return found(product.withRows(fault.rows), of, kpi);
    const other = await openProduct(misread(set, fault.events));
    try {
      return await found(other, of, kpi);
    } finally {
      await other.close();
    }
  }

  it.each(cases)('$kpi: $name', async ({ kpi, fault }) => {
    const by: number[] = [];
    for (let i = 0; i < SEEDS && by.length < 2; i++) if (await foundWith(fault, i, kpi)) by.push(i + 1);
    expect(by, 'seeds that find it').toHaveLength(2);
  });

  it('without a fault nothing is found', async () => {
    for (const [i, product] of products.entries())
      for (const { id } of registered) expect(await found(product, questions[i] ?? [], id), `${id}, seed ${i + 1}`).toBe(false);
  });
});

function misread(set: EventSet, fault: EventFault): EventSet {
  return {
    ...set,
    batches: set.batches.map(({ received, events }) => ({ received, events: events.flatMap((event) => fault(event) ?? []) })),
  };
}
