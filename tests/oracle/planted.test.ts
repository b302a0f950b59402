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

const SEEDS = 16;
const QUESTIONS = 12;
/** So many sets have to find a fault in each of its KPIs. */
const ENOUGH = 2;
const recounted = new Set(oracleKpis.map(({ id }) => id));
const registered = kpiDefinitions.filter(({ id }) => recounted.has(id));

/** A fault of a KPI is one of its growth. */
const hit = ({ kpis }: Fault): string[] =>
  registered.map(({ id }) => id).filter((id) => kpis.includes(id) || kpis.includes(id.slice(id.indexOf('.') + 1)));

it('[R1] every KPI that is recounted has a fault planted', () => {
  const planted = new Set(faults.flatMap(hit));
  expect(registered.map(({ id }) => id).filter((id) => !planted.has(id) && !notRecounted.has(id))).toEqual([]);
});

describe('[R21] a planted fault is found', () => {
  const sets = Array.from({ length: SEEDS }, (_, i) => generateSet(i + 1));
  const questions = sets.map((set, i) => questionsOf(set, seededRandom(set.seed), QUESTIONS, i * QUESTIONS));
  const products: Product[] = [];
  let oracle: Recount;

  beforeAll(async () => {
    for (const set of sets) products.push(await openProduct(set));
    oracle = await recount(
      sets,
      questions.flat(),
      products.flatMap(({ clocks }) => clocks),
    );
  });
  afterAll(async () => {
    for (const product of products) await product.close();
  });

  /** Those of the KPIs that are answered otherwise than the oracle does, in some question of a set. */
  async function wrong(asked: Asked, of: readonly Question[], kpis: ReadonlySet<string>): Promise<Set<string>> {
    const found = new Set<string>();
    for (const question of of) {
      const ids = answerable(
        question,
        registered.filter(({ id }) => kpis.has(id) && !found.has(id)),
      );
      const values = ids.length > 0 ? await asked.ask(question, ids) : [];
      for (const id of ids) {
        const answered = values.filter(({ kpi }) => kpi === id);
        if (differences(question, id, answered, oracle.of(id, question.q)).length > 0) found.add(id);
      }
    }
    return found;
  }

  async function wrongWith(fault: Fault, i: number, kpis: ReadonlySet<string>): Promise<Set<string>> {
    const [set, product, of] = [sets[i], products[i], questions[i] ?? []];
    if (!set || !product) throw new Error(`no set ${i}`);
    if ('rows' in fault) return wrong(product.withRows(fault.rows), of, kpis);
    const other = await openProduct(misread(set, fault.events));
    try {
      return await wrong(other, of, kpis);
    } finally {
      await other.close();
    }
  }

  it.each(faults.filter((fault) => hit(fault).length > 0))('$name: $kpis', async (fault) => {
    const seeds = new Map(hit(fault).map((kpi) => [kpi, new Set<number>()]));
    const open = (): ReadonlySet<string> => new Set([...seeds].filter(([, by]) => by.size < ENOUGH).map(([kpi]) => kpi));
    for (let i = 0; i < SEEDS && open().size > 0; i++) for (const kpi of await wrongWith(fault, i, open())) seeds.get(kpi)?.add(i + 1);
    // Growth has a value only where there is a base, so one set is enough for it.
    const missed = [...open()].filter((kpi) => !kpi.startsWith('growth') || seeds.get(kpi)?.size === 0);
    expect(missed, `not found by ${ENOUGH} of ${SEEDS} seeds`).toEqual([]);
  });

  it('without a fault nothing is found', async () => {
    const all = new Set(registered.map(({ id }) => id));
    for (const [i, product] of products.entries())
      expect([...(await wrong(product, questions[i] ?? [], all))], `seed ${i + 1}`).toEqual([]);
  });
});

function misread(set: EventSet, fault: EventFault): EventSet {
  return {
    ...set,
    batches: set.batches.map(({ received, events }) => ({ received, events: events.flatMap((event) => fault(event) ?? []) })),
  };
}
