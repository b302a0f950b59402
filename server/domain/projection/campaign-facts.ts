/** Joins what is known of each campaign: its plan, the phase last announced and its end, over all sources. */
import { standing, type Fact, type FactVersion } from '../facts.ts';

export interface CampaignKnown {
  readonly plan: FactVersion<'campaign.planned'>;
  readonly phase: FactVersion<'campaign.phase'> | undefined;
  readonly ended: FactVersion<'campaign.ended'> | undefined;
}

/** Campaigns that have a plan. Ids hold across sources: the highest version speaks, ties: the smaller source. */
export function joinCampaigns(plans: readonly Fact[], phases: readonly Fact[], ends: readonly Fact[]): readonly CampaignKnown[] {
  const phase = highest(phases, (fact) => standing(fact, 'campaign.phase'));
  const ended = highest(ends, (fact) => standing(fact, 'campaign.ended'));
  const plan = highest(plans, (fact) => standing(fact, 'campaign.planned'));
  return [...plan].map(([id, standingPlan]) => ({ plan: standingPlan, phase: phase.get(id), ended: ended.get(id) }));
}

interface OfCampaign {
  readonly version: number;
  readonly data: { readonly campaignId: string };
}

function highest<V extends OfCampaign>(facts: readonly Fact[], versionOf: (fact: Fact) => V | undefined): ReadonlyMap<string, V> {
  const best = new Map<string, { version: V; source: string }>();
  for (const fact of facts) {
    const version = versionOf(fact);
    if (!version) continue;
    const other = best.get(version.data.campaignId);
    const beats =
      !other || version.version > other.version.version || (version.version === other.version.version && fact.source < other.source);
    if (beats) best.set(version.data.campaignId, { version, source: fact.source });
  }
  return new Map([...best].map(([id, { version }]) => [id, version]));
}
