/** Money on fire: what live campaigns spend a minute on the product of a story, and what they will still spend until its deadline. */
import type { ExposedCampaign, IncidentExposure } from '../../../shared/incidents/exposure.ts';
import { standing } from '../../domain/facts.ts';
import { owedClock } from '../../domain/incidents/owed-clock.ts';
import { joinCampaigns, type CampaignKnown } from '../../domain/projection/campaign-facts.ts';
import { campaignProgress } from '../../domain/projection/campaign-progress.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { StoreReads } from '../ports/reads.ts';
import { isRefusal } from '../ports/refusal.ts';
import type { CampaignService } from './services.ts';

export interface ExposureParts {
  readonly reads: Pick<StoreReads, 'facts' | 'incident' | 'campaignDecisions'>;
  readonly campaigns: Pick<CampaignService, 'list'>;
  readonly calendar: Calendar;
  readonly clock: ClockPort;
}

const PLANS = 50_000;
const ENTRIES = 50_000;
const MOST_CAMPAIGNS = 200;
const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

/** Live: its warm-up or burst runs, and nobody has ended it. */
const livePhases: ReadonlySet<string> = new Set(['warmup', 'burst']);

/** undefined = no such incident. */
export function createExposure({
  reads,
  campaigns,
  calendar,
  clock,
}: ExposureParts): (id: string) => Promise<IncidentExposure | undefined> {
  async function plansOf(sku: string): Promise<readonly CampaignKnown[]> {
    const [plans, phases, ends] = await Promise.all(
      (['campaign', 'campaignPhase', 'campaignEnd'] as const).map(async (kind) =>
        (await reads.facts({ kind, limit: PLANS })).map(({ fact }) => fact),
      ),
    );
    return joinCampaigns(plans ?? [], phases ?? [], ends ?? []).filter(({ plan }) => plan.data.skus?.includes(sku) === true);
  }

  /** Booked in the last 24 hours, by campaign. */
  async function spendOf(now: number): Promise<ReadonlyMap<string, number>> {
    const sums = new Map<string, number>();
    for (const { fact } of await reads.facts({ kind: 'spend', from: now - DAY_MINUTES * MINUTE_MS, to: now + 1, limit: ENTRIES })) {
      const data = standing(fact, 'campaign.spend')?.data;
      if (data?.campaignId !== undefined) sums.set(data.campaignId, (sums.get(data.campaignId) ?? 0) + data.amount);
    }
    return sums;
  }

  async function salesOf(ids: readonly string[], now: number): Promise<ReadonlyMap<string, number | null>> {
    if (ids.length === 0) return new Map();
    const page = await campaigns.list({
      grain: 'day',
      period: calendar.formatDay(calendar.dayOf(now)),
      basis: 'cash',
      sort: 'campaignId',
      filter: { ids },
      limit: MOST_CAMPAIGNS,
      after: null,
    });
    return isRefusal(page) ? new Map() : new Map(page.rows.map((row) => [row.campaignId, row.net_sales]));
  }

  function rateOf(known: CampaignKnown, spent: number, days: number): Pick<ExposedCampaign, 'perMinute' | 'basis'> {
    if (spent > 0) return { perMinute: Math.round(spent / DAY_MINUTES), basis: 'spend' };
    const { budget } = known.plan.data;
    if (budget <= 0 || days <= 0) return { perMinute: null, basis: null };
    return { perMinute: Math.round(budget / days / DAY_MINUTES), basis: 'budget' };
  }

  return async (id) => {
    const incident = await reads.incident(id);
    if (incident === undefined) return undefined;
    const now = clock.now();
    const sku = incident.product;
    const dueAt = owedClock(incident)?.dueAt ?? null;
    const none = { sku, asOf: now, dueAt, campaigns: [], perMinute: null, untilDeadline: null, revenueAtRisk: null };
    if (sku === null) return none;
    const live = (await plansOf(sku))
      .map((known) => ({ known, progress: campaignProgress(known, calendar, now) }))
      .filter(({ progress }) => livePhases.has(progress.phase))
      .slice(0, MOST_CAMPAIGNS);
    if (live.length === 0) return none;
    const ids = live.map(({ known }) => known.plan.data.campaignId);
    const [spent, sales, decisions] = await Promise.all([spendOf(now), salesOf(ids, now), reads.campaignDecisions({ newest: true })]);
    const asked = new Map(
      decisions.filter(({ type, at }) => type === 'stop' && Date.parse(at) >= incident.openedAt).map((one) => [one.campaignId, one]),
    );
    const rows = live.map(({ known, progress }): ExposedCampaign => {
      const { campaignId, name, owner } = known.plan.data;
      const request = asked.get(campaignId);
      return {
        ...{ campaignId, name, owner },
        ...{ phase: progress.phase, phaseDay: progress.phaseDay, phaseDays: progress.phaseDays },
        ...rateOf(known, spent.get(campaignId) ?? 0, progress.burstEnds - progress.startsOn),
        netSales: sales.get(campaignId) ?? null,
        suggestion: request ? { actor: request.actor, at: Date.parse(request.at) } : null,
      };
    });
    const sum = (values: readonly (number | null)[]): number | null =>
      values.every((value) => value === null) ? null : values.reduce<number>((all, value) => all + (value ?? 0), 0);
    const perMinute = sum(rows.map((row) => row.perMinute));
    const left = dueAt === null ? null : Math.max(0, dueAt - now);
    return {
      ...{ sku, asOf: now, dueAt, perMinute },
      campaigns: rows.toSorted((a, b) => (b.perMinute ?? 0) - (a.perMinute ?? 0)),
      untilDeadline: perMinute === null || left === null ? null : Math.round((perMinute * left) / MINUTE_MS),
      revenueAtRisk: sum(rows.map((row) => row.netSales)),
    };
  };
}
