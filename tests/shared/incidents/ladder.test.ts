import { expect, test } from 'vitest';
import { defaultLadder, ladder } from '../../../shared/incidents/ladder.ts';

const minutes = (n: number) => n * 60_000;
const step = (afterMs: number, when = 'always', to: readonly string[] = ['duty']) => ({ afterMs, when, to });
const faults = (steps: readonly unknown[]) =>
  ladder.safeParse({ steps }).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

test('the default ladder is one people could set: duty at once, backup, lead, director, everyone', () => {
  expect(ladder.parse(defaultLadder)).toEqual(defaultLadder);
  expect(defaultLadder.steps.map(({ afterMs, when, to }) => [afterMs / 60_000, when, to.length])).toEqual([
    [0, 'always', 1],
    [15, 'unclaimed', 1],
    [60, 'unanswered', 1],
    [90, 'unanswered', 1],
    [120, 'breached', 4],
  ]);
});

test('a ladder has steps, in the order they fire in, each of its own time and condition', () => {
  expect(faults([])).toHaveLength(1);
  expect(faults([step(0), step(minutes(15)), step(minutes(15), 'unclaimed')])).toBeUndefined();
  expect(faults([step(minutes(15)), step(0)])?.[0]).toContain('steps.1.afterMs: the step comes after 0 ms');
  expect(faults([step(0), step(0)])?.[0]).toContain('same time and condition');
  expect(faults(Array.from({ length: 21 }, (_, i) => step(i)))).toHaveLength(1);
});

test('a step calls one role or several known ones, each once, at a time from the beginning of the duty on', () => {
  expect(faults([step(0, 'always', [])])).toHaveLength(1);
  expect(faults([step(0, 'always', ['duty', 'duty'])])?.[0]).toContain('a role is listed twice');
  expect(faults([step(0, 'always', ['boss'])])).toHaveLength(1);
  expect(faults([step(0, 'sometimes')])).toHaveLength(1);
  expect(faults([step(-1)])).toHaveLength(1);
  expect(faults([step(0.5)])).toHaveLength(1);
  expect(faults([{ ...step(0), extra: 1 }])).toHaveLength(1);
});
