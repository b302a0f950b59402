import { expect, it } from 'vitest';
import { takenOver } from '../../../client/settings/taken-over.ts';

const versions = [
  { version: 1, effectiveFrom: 100 },
  { version: 2, effectiveFrom: 300 },
  { version: 3, effectiveFrom: 300 },
  { version: 4, effectiveFrom: 200 },
];

it.each([
  [[], 0, null],
  [versions, 0, 1],
  [versions, 99, 1],
  // Of the same moment the later word comes after it.
  [versions, 100, 4],
  [versions, 200, 3],
  [versions, 300, null],
] as const)('of %j what is set for %i holds until version %j', (history, since, version) => {
  expect(takenOver(history, since)?.version ?? null).toBe(version);
});
