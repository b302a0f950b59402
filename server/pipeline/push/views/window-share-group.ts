/** Net sales in campaign windows as shares of the quarter (K16), and of the quarter before, which is over. */
import type { WindowShareGroup } from '../../../../shared/wire/views/campaigns.ts';
import { campaignShare, campaignShareFinal, campaignShareOfTarget } from '../../../domain/kpis/campaign-share.ts';
import { periodOf, previousPeriod } from '../../../domain/time/period.ts';
import { askKpis } from '../../figures/ask-kpis.ts';
import { contextsOf } from '../../figures/kpi-context.ts';
import type { ViewParts } from './view-parts.ts';

const whole = { by: null, where: [] } as const;

export async function windowShareGroup(parts: ViewParts): Promise<WindowShareGroup> {
  const { sums, calendar } = parts;
  const contexts = await contextsOf(parts, { asOf: null, knownAt: null }, [campaignShare]);
  const quarter = periodOf('quarter', calendar.dayOf(contexts.asOf));
  const before = previousPeriod(quarter);
  const [now, then] = [contexts.of(quarter, []), contexts.of(before, [])];
  const values = await askKpis(
    sums,
    [
      { definition: campaignShare, context: now, slice: whole },
      { definition: campaignShareOfTarget, context: now, slice: whole },
      { definition: campaignShareFinal, context: then, slice: whole },
    ],
    contexts.cut,
  );
  const [toDate, ofTarget, final] = values.map(([value]) => value);
  return {
    quarter: quarter.name,
    sales: toDate?.numerator ?? null,
    ...{ toDate: toDate?.denominator ?? null, ofToDate: toDate?.value ?? null },
    ...{ target: ofTarget?.denominator ?? null, ofTarget: ofTarget?.value ?? null, required: ofTarget?.target ?? null },
    before: typeof final?.value === 'number' ? { quarter: before.name, share: final.value } : null,
  };
}
