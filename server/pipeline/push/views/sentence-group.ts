/** The one sentence on top of 总览 and 晨会: reads what it is made from by the same functions as the groups it stands above. */
import type { SentenceGroup } from '../../../../shared/wire/views/sentence.ts';
import { fitting } from '../../../domain/kpis/figures.ts';
import { owedClock } from '../../../domain/incidents/owed-clock.ts';
import { sentenceOf, type SpendingCampaign } from '../../../domain/projection/sentence.ts';
import { campaignStandings } from './campaign-standings.ts';
import { createSalesFigures } from './sales-groups.ts';
import type { ViewParts } from './view-parts.ts';

export const SENTENCE_REFRESH_MS = 15_000;
export const SENTENCE_THROTTLE_MS = 2_000;

const DAY_MS = 86_400_000;
/** Stories looked at: those whose deadline was yesterday or lies ahead, nearest first, then the oldest breaches [T9]. */
const RECENT = 60;
const OLDEST = 20;

export async function sentenceGroup(parts: ViewParts): Promise<SentenceGroup> {
  const { reads, clock } = parts;
  const now = clock.now();
  const figures = createSalesFigures(parts);
  const [today, month, quarter, channels, recent, oldest, campaigns] = await Promise.all([
    figures.today(),
    figures.month(),
    figures.quarter(),
    figures.channels(),
    reads.incidents({ open: true, limit: RECENT, after: [now - DAY_MS, 0] }),
    reads.incidents({ open: true, limit: OLDEST, after: null }),
    spendingCampaigns(parts, now),
  ]);
  const open = new Map([...recent.rows, ...oldest.rows].map((incident) => [incident.id, incident]));
  const stories = [...open.values()].map((incident) => ({ ...incident, clock: owedClock(incident) }));
  return sentenceOf({ now, today: { ...today, period: today.day }, month, quarter, channels, stories, campaigns });
}

const live: ReadonlySet<string> = new Set(['warmup', 'burst']);

/** Campaigns with what each spends a day: what was booked of the last two days, or its budget over its days where nothing was. */
async function spendingCampaigns(parts: ViewParts, now: number): Promise<readonly SpendingCampaign[]> {
  const { sums, calendar } = parts;
  const standings = await campaignStandings(parts);
  if (standings.length === 0) return [];
  const today = calendar.dayOf(now);
  const range = { family: 'spend', unit: 'day', from: today - 1, to: today + 1, where: [], by: ['campaign'], cut: { asOf: now } } as const;
  const [rows = []] = await sums.sums([{ ask: 'sums', ...range }]);
  const booked = new Map(rows.map(({ dims: [campaign = null], measures: [amount = 0] }) => [campaign, fitting(amount) ?? 0]));
  return standings.map(({ known, progress, lost }): SpendingCampaign => {
    const { campaignId, name, shortName, skus, budget } = known.plan.data;
    const days = Math.max(1, progress.burstEnds - progress.startsOn);
    const spent = booked.get(campaignId) ?? 0;
    return {
      ...{ campaignId, name: shortName ?? name, skus: skus ?? [], lost, live: live.has(progress.phase) },
      spends: spent > 0 ? spent : budget / days,
    };
  });
}
