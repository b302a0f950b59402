/** How far spend is from its plan (K23): the bands pages and walls colour by. */
export const budgetBounds = { farUnder: 0.85, under: 0.95, over: 1.05, farOver: 1.15 } as const;
export type BudgetBand = 'far_under' | 'under' | 'on_plan' | 'over' | 'far_over';

/** `pacing`: spend ÷ planned spend to now. A bound belongs to the band nearer the plan. */
export function budgetBand(pacing: number): BudgetBand {
  if (pacing < budgetBounds.farUnder) return 'far_under';
  if (pacing < budgetBounds.under) return 'under';
  if (pacing <= budgetBounds.over) return 'on_plan';
  return pacing <= budgetBounds.farOver ? 'over' : 'far_over';
}
