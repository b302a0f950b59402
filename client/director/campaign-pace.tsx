/** Spend against the budget of a campaign, with the pace: how far it is beside how far the plan is by now. */
import type { ReactNode } from 'react';
import type { CampaignRow } from '../../shared/kpi/campaigns.ts';
import { budgetBand } from '../../shared/kpi/budget-bands.ts';
import type { CampaignWords } from './campaign-words.ts';

export function Pace({ row, words }: { readonly row: CampaignRow; readonly words: CampaignWords }): ReactNode {
  const { spend, budget, pacing, elapsed } = row;
  const band = pacing === null ? 'on_plan' : budgetBand(pacing);
  const arrow = band === 'far_over' ? '▲' : band === 'far_under' ? '▼' : '';
  const odd = arrow !== '';
  const share = budget === null || budget === 0 || spend === null ? null : Math.min(1, spend / budget);
  return (
    <div className="stacked">
      <span className="figure" title={`${words.fullMoney(spend)} / ${words.fullMoney(budget)}`}>
        <span className="strong">{words.money(spend)}</span> / {words.money(budget)}
        {pacing !== null && <span className={odd ? 'amber pace' : 'pace'}>{`${arrow}${words.factor(pacing)}`}</span>}
      </span>
      {share !== null && (
        <svg className={`pace-bar ${odd ? 'odd' : ''}`} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
          <rect className="pace-track" width={100} height={6} />
          <rect className="pace-spent" width={share * 100} height={6} />
          {elapsed !== null && elapsed > 0 && elapsed < 1 && <rect className="pace-plan" x={elapsed * 100 - 0.6} width={1.2} height={6} />}
        </svg>
      )}
    </div>
  );
}
