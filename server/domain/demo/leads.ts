/** Leads and what becomes of them: contacted, accepted, signed or lost, within the day. */
import type { EventData, EventType } from '../../../shared/events/registry.ts';
import { attributedCampaign } from './campaigns.ts';
import { channels, regions } from './catalogue.ts';
import { kept } from './kept.ts';
import { randomFor } from './random.ts';
import { hourFactor } from './rhythm.ts';
import { firstDayOf, MINUTE_MS, type DemoEvent, type DemoWorld } from './world.ts';

const LEADS_PER_MINUTE = 0.1;
/** People who ask: some ask twice within three months, which makes the second no valid lead. */
const CONTACTS = 90_000;

/** Minutes from a lead to each step. */
const steps = [
  { type: 'lead.contacted', afterMinutes: 12 },
  { type: 'lead.qualified', afterMinutes: 64 },
  { type: 'lead.disqualified', afterMinutes: 66 },
  { type: 'lead.signed', afterMinutes: 300 },
  { type: 'lead.lost', afterMinutes: 305 },
] as const;
type StepType = (typeof steps)[number]['type'];

/** More than lie between a lead and the last of its steps. */
const MINUTES_KEPT = 512;

interface DemoLead {
  readonly at: number;
  readonly data: EventData<'lead.created'>;
  /** Which steps it takes: accepted or given up, signed or lost, never both. */
  readonly takes: ReadonlySet<StepType>;
}

const leadsOf = kept(MINUTES_KEPT, (world, minute): readonly DemoLead[] => {
  const start = minute * MINUTE_MS;
  if (world.calendar.dayOf(start) < firstDayOf(world)) return [];
  const random = randomFor(world.seed, 'leads', minute);
  return Array.from({ length: random.count(LEADS_PER_MINUTE * hourFactor(world, start)) }, (_, i) => {
    const at = start + random.between(0, MINUTE_MS - 1);
    const channel = random.weighted(channels).name;
    const campaignId = attributedCampaign(world, random, world.calendar.dayOf(at), channel)?.plan.campaignId;
    const draw = random.next();
    const takes = new Set<StepType>();
    if (draw < 0.7) takes.add('lead.contacted');
    if (draw < 0.4) takes.add('lead.qualified');
    else if (draw < 0.52) takes.add('lead.disqualified');
    if (draw < 0.09) takes.add('lead.signed');
    else if (draw < 0.14) takes.add('lead.lost');
    const leadId = `L-${minute.toString(36)}-${i}`;
    return {
      at,
      takes,
      data: {
        leadId,
        version: 1,
        channel,
        region: random.weighted(regions).name,
        ...(campaignId ? { campaignId } : {}),
        touch: random.pick(['earned', 'owned', 'paid', 'paid'] as const),
        reachable: random.chance(0.86),
        contactHash: `demo:${random.between(1, CONTACTS)}`,
      },
    };
  });
});

/** Leads created within a minute and the steps they take, hours later. */
export function leadsWithSteps(world: DemoWorld, minute: number): DemoEvent[] {
  return leadsOf(world, minute).flatMap((l) => [
    event(l.at, 'lead.created', l.data.leadId, l.data),
    ...steps.filter(({ type }) => l.takes.has(type)).map(({ type, afterMinutes }) => step(l, type, l.at + afterMinutes * MINUTE_MS)),
  ]);
}

/** Everything about leads that comes in within a minute (UTC minute number). */
export function leadEvents(world: DemoWorld, minute: number): DemoEvent[] {
  const created = leadsOf(world, minute).map(({ at, data }) => event(at, 'lead.created', data.leadId, data));
  const moved = steps.flatMap(({ type, afterMinutes }) =>
    leadsOf(world, minute - afterMinutes)
      .filter((l) => l.takes.has(type))
      .map((l) => step(l, type, l.at + afterMinutes * MINUTE_MS)),
  );
  return [...created, ...moved];
}

function step({ data }: DemoLead, type: StepType, at: number): DemoEvent {
  const id = `${data.leadId}-${type}`;
  const base = { leadId: data.leadId, version: 1 };
  if (type === 'lead.signed') return event(at, type, id, { ...base, customerId: `K-${data.leadId}`, value: 1_280_000 });
  if (type === 'lead.lost') return event(at, type, id, { ...base, reason: '选择竞品' });
  if (type === 'lead.disqualified') return event(at, type, id, { ...base, reason: '无采购计划' });
  return event(at, type, id, base);
}

function event<T extends EventType>(at: number, type: T, id: string, data: EventData<T>): DemoEvent {
  return { at, event: { type, id, source: '/demo/crm', occurredAt: at, data } as DemoEvent['event'] };
}
