import { expect, it } from 'vitest';
import { budgetBand } from '../../../shared/kpi/budget-bands.ts';

it('[K23] a bound belongs to the band nearer the plan', () => {
  const bands = [0, 0.849, 0.85, 0.949, 0.95, 1, 1.05, 1.051, 1.15, 1.151].map(budgetBand);
  expect(bands).toEqual(['far_under', 'far_under', 'under', 'under', 'on_plan', 'on_plan', 'on_plan', 'over', 'over', 'far_over']);
});
