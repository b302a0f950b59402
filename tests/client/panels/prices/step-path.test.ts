import { expect, it } from 'vitest';
import { stepPath } from '../../../../client/panels/prices/step-path.ts';

it('[RV2] a price is level until its move, then steps up or down, and goes on to the edge', () => {
  const { path, end } = stepPath(
    [
      { at: 0, amount: 100 },
      { at: 50, amount: 80 },
      { at: 75, amount: 90 },
    ],
    0,
    100,
  );
  expect(path).toBe('M0 5H50V35H75V20H100');
  expect(end).toBe(20);
});

it('a price that came back, a move before the window and no price at all stay within the drawing', () => {
  expect(stepPath([{ at: 0, amount: 100 }], 0, 100)).toEqual({ path: 'M0 20H100', end: 20 });
  expect(
    stepPath(
      [
        { at: 10, amount: 100 },
        { at: -5, amount: 90 },
      ],
      0,
      100,
    ).path,
  ).toBe('M0 5H0V35H100');
  expect(stepPath([], 0, 0).path).toBe('');
});
