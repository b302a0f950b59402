import { expect, it } from 'vitest';
import { createSharedTurns } from '../../../../server/pipeline/ingest/shared-turns.ts';

/** Work that ends when it is told to, and says when it began. */
function steps() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => () => {
    begun.push(name);
    return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
  };
  return { begun, work, end: (name: string) => ends.get(name)?.() };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

it('shared work runs side by side; exclusive work waits for what came before it and holds what comes after', async () => {
  const turns = createSharedTurns();
  const { begun, work, end } = steps();
  const all = [
    turns.shared(work('a')),
    turns.shared(work('b')),
    turns.exclusive(work('c')),
    turns.shared(work('d')),
    turns.shared(work('e')),
  ];
  await settle();
  expect(begun).toEqual(['a', 'b']);
  end('a');
  await settle();
  expect(begun).toEqual(['a', 'b']);
  end('b');
  await settle();
  expect(begun).toEqual(['a', 'b', 'c']);
  end('c');
  await settle();
  expect(begun).toEqual(['a', 'b', 'c', 'd', 'e']);
  end('d');
  end('e');
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd', 'e']);
});

it('exclusive work goes one after the other, and a failure holds nobody up', async () => {
  const turns = createSharedTurns();
  const order: string[] = [];
  const fails = (name: string) => async () => {
    order.push(`${name} begins`);
    await settle();
    order.push(`${name} ends`);
    throw new Error(name);
  };
  const outcomes = await Promise.allSettled([turns.exclusive(fails('a')), turns.exclusive(fails('b')), turns.shared(fails('c'))]);
  expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected', 'rejected']);
});
