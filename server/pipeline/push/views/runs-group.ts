/** Running campaigns: all of them added up, and the few that are shown, on one time axis. */
import type { RunRow, RunsGroup } from '../../../../shared/wire/views/campaigns.ts';
import type { KpiValue } from '../../../../shared/kpi/types.ts';
import { roas } from '../../../domain/kpis/roas.ts';
import { reads as spreadReads } from '../../../domain/kpis/spread.ts';
import { leads, validLeads } from '../../../domain/kpis/valid-leads.ts';
import { chooseCampaigns, spreadSoFar } from '../../../domain/projection/campaign-choice.ts';
import { axisOf, onAxis, phaseDays, type Days } from '../../../domain/projection/campaign-runs.ts';
import { rowCaps } from '../../../domain/projection/row-caps.ts';
import { askKpis } from '../../figures/ask-kpis.ts';
import { lossStepOf } from '../../figures/campaign-step.ts';
import { contextsOf, everything, type Contexts } from '../../figures/kpi-context.ts';
import { runningCampaigns, runningKpis, sells, totalsOf, type RunningCampaign } from '../../figures/running-campaigns.ts';
import type { ViewParts } from './view-parts.ts';

/** Asked for the campaigns that are shown, one by one. */
const shownKpis = [roas, spreadReads, leads, validLeads] as const;

export async function runsGroup(parts: ViewParts): Promise<RunsGroup> {
  const { calendar } = parts;
  const contexts = await contextsOf(parts, { asOf: null, knownAt: null }, runningKpis);
  const running = await runningCampaigns(parts, contexts);
  const known = new Map(running.map((campaign) => [campaign.known, campaign]));
  const shown = chooseCampaigns(running, rowCaps.runs).flatMap(({ known: one }) => known.get(one) ?? []);
  const today = calendar.dayOf(contexts.asOf);
  const axis = axisOf(
    shown.map(({ known: one }) => phaseDays(one)),
    today,
  );
  const figures = await figuresOf(parts, contexts, shown);
  const rows = await Promise.all(shown.map((campaign, i) => rowOf(parts, contexts, campaign, figures[i] ?? [], axis)));
  return {
    rows,
    total: running.length,
    totals: totalsOf(running),
    axis: { from: calendar.formatDay(axis.from), days: axis.to - axis.from, today: today - axis.from },
  };
}

type Figures = readonly (KpiValue | undefined)[];

/** Values of `shownKpis` of each campaign, over everything so far. */
async function figuresOf(
  { sums, calendar }: ViewParts,
  contexts: Contexts,
  shown: readonly RunningCampaign[],
): Promise<readonly Figures[]> {
  const context = contexts.of(everything(calendar, contexts.asOf), ['campaign']);
  const asked = shown.flatMap(({ known }) => {
    const slice = { by: null, where: [{ dim: 'campaign' as const, value: known.plan.data.campaignId }] };
    return shownKpis.map((definition) => ({ definition, context, slice }));
  });
  const values = asked.length === 0 ? [] : await askKpis(sums, asked, contexts.cut);
  return shown.map((_, i) => values.slice(i * shownKpis.length, (i + 1) * shownKpis.length).map(([value]) => value));
}

async function rowOf(
  { sums, calendar }: ViewParts,
  contexts: Contexts,
  campaign: RunningCampaign,
  [roasValue, reads, allLeads, valid]: Figures,
  axis: Days,
): Promise<RunRow> {
  const { known, progress, spend, pacing, lost, roiLow } = campaign;
  const { campaignId, name, shortName, owner, kind, budget, targets } = known.plan.data;
  const { phase, phaseDay, phaseDays: length, elapsed, startsOn } = progress;
  const { warmup, burst, review } = phaseDays(known);
  const shownReturn = sells(campaign);
  const roi = shownReturn ? campaign.roi : null;
  const spread = spreadSoFar(reads?.value ?? null, targets.reads, elapsed);
  const blamed = {
    ...{ campaignId, targetRoi: targets.roi ?? null, spreadRatio: spread },
    ...{ leads: allLeads?.value ?? null, valid_leads: valid?.value ?? null },
  };
  const period = everything(calendar, contexts.asOf);
  const step = lost === null ? null : await lossStepOf(sums, contexts, { period, basis: 'cash' }, blamed);
  return {
    ...{ campaignId, name, shortName: shortName ?? null, owner, kind },
    // Those that are over are not among the running ones.
    phase: phase === 'ended' ? 'review' : phase,
    ...{ phaseDay, phaseDays: length, startsOn: calendar.formatDay(startsOn) },
    ...{ warmup: onAxis(warmup, axis), burst: onAxis(burst, axis), review: onAxis(review, axis) },
    ...{ spend, budget, elapsed, pacing, roi, roiLow: roi === null ? null : roiLow },
    maturity: campaign.maturity,
    roas: shownReturn ? (roasValue?.value ?? null) : null,
    spread,
    flag: lost === null ? null : { lost, step: step?.step ?? null, at: step?.at ?? null },
  };
}
