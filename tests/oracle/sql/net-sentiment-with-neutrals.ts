/** K17, variant with neutrals in the denominator; the minimum is that of positive and negative ones. */
import type { OracleFigure } from './kpi.ts';
import { sumOver } from './kpi.ts';
import { balance, polar } from './net-sentiment.ts';

const scored = sumOver('mention', "case when polarity in ('positive', 'negative', 'neutral') then 1 else 0 end", 'own');

export const netSentimentWithNeutrals: OracleFigure = {
  id: 'net_sentiment_with_neutrals',
  figure: `
    with above as (${balance}), enough as (${polar}), below as (${scored}),
    spine as (select q, cell from below union select q, null from asked where by_dim is null),
    pair as (
      select spine.q, spine.cell, coalesce(above.value, 0) as n, coalesce(below.value, 0) as d, coalesce(enough.value, 0) as sample
      from spine left join above on above.q = spine.q and above.cell is not distinct from spine.cell
      left join below on below.q = spine.q and below.cell is not distinct from spine.cell
      left join enough on enough.q = spine.q and enough.cell is not distinct from spine.cell
    )
    select q, cell, case when sample >= 30 then quotient(n, d) end as value, cast(n as double) as numerator, cast(d as double) as denominator,
      case when sample < 30 then 'small_sample' end as reason
    from pair`,
};
