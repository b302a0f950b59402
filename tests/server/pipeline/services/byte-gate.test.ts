import { expect, it } from 'vitest';
import { createByteGate } from '../../../../server/pipeline/services/byte-gate.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

it('[I13] lets in what fits, in the order it came, and what is larger than the bound alone', async () => {
  const gate = createByteGate(10);
  const inside: string[] = [];
  const enter = (name: string, bytes: number) =>
    gate.enter(bytes).then((leave) => {
      inside.push(name);
      return leave;
    });
  const a = enter('a', 6);
  const b = enter('b', 4);
  const large = enter('large', 50);
  const small = enter('small', 1);
  await settled();
  // The small one would fit, but not before the large one that came earlier.
  expect(inside).toEqual(['a', 'b']);
  (await a)();
  await settled();
  expect(inside).toEqual(['a', 'b']);
  (await b)();
  await settled();
  expect(inside).toEqual(['a', 'b', 'large']);
  (await large)();
  await settled();
  expect(inside).toEqual(['a', 'b', 'large', 'small']);
  (await small)();
  (await enter('again', 10))();
});
