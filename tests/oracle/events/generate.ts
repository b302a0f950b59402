/**
 * Hostile sets of events from a seed: told in order (see the files beside), then delivered late, shuffled, repeated,
 * contradicted and, now and then, before their time.
 */
import { seededRandom, type Random } from '../../helpers/random.ts';
import { NOW, madeAt, type Batch, type EventSet, type OracleEvent, type OracleTarget } from './delivery.ts';
import { tellAttention, tellCampaigns, tellSpend } from './campaigns.ts';
import { tellLeads } from './leads.ts';
import { tellMentions } from './mentions.ts';
import { channels, tellSales } from './sales.ts';
import { DAY, openStory } from './story.ts';

interface Delivery {
  readonly at: number;
  readonly event: OracleEvent;
}

export function generateSet(seed: number): EventSet {
  const random = seededRandom(seed);
  const story = openStory(seed, random);
  // Net sentiment has a value from 30 mentions on: some sets hold many mentions, the others more orders.
  const talk = random.chance(0.35);
  tellSales(story, talk ? 9 : 22);
  tellLeads(story, 14);
  tellMentions(story, talk ? 70 : 14);
  tellCampaigns(story);
  tellSpend(story, 14);
  tellAttention(story);
  const timeZone = random.chance(0.7) ? 'Asia/Shanghai' : 'America/New_York';
  const batches = batchesOf(random, deliveriesOf(random, story.events));
  return { seed, timeZone, batches, targets: targetsOf(random, madeAt({ batches })) };
}

function deliveriesOf(random: Random, events: readonly OracleEvent[]): Delivery[] {
  const atOnce = random.chance(0.3);
  const deliveries: Delivery[] = [];
  const deliver = (event: OracleEvent): void => {
    const at = Date.parse(event.time);
    const late = random.pick([60_000, 3_600_000, 3_600_000, 20 * 3_600_000, 3 * DAY, 40 * DAY]);
    const received = atOnce ? NOW - 1_000 - random.below(3_600_000) : Math.min(NOW - 500, at + Math.floor(random.next() * late));
    deliveries.push({ at: received, event });
  };
  for (const event of events) {
    deliver(event);
    if (random.chance(0.1)) deliver({ ...event, id: `${event.id}-again` });
    if (random.chance(0.05))
      deliver({ ...event, id: `${event.id}-other`, time: new Date(Date.parse(event.time) - 3_600_000).toISOString() });
    // Refused as it is sent too early; what is told of it later may be taken.
    if (!atOnce && random.chance(0.02)) deliveries.push({ at: Date.parse(event.time) - DAY, event: { ...event, id: `${event.id}-early` } });
  }
  return deliveries.sort((a, b) => a.at - b.at);
}

function batchesOf(random: Random, deliveries: readonly Delivery[]): Batch[] {
  const batches: Batch[] = [];
  let from = 0;
  while (from < deliveries.length) {
    const size = 4 + random.below(40);
    const part = deliveries.slice(from, from + size);
    from += size;
    batches.push({ received: part.at(-1)?.at ?? NOW, events: random.shuffle(part).map(({ event }) => event) });
  }
  return batches;
}

/** Some set at the beginning, some of late, some twice. */
function targetsOf(random: Random, madeAt: number): OracleTarget[] {
  const places: Omit<OracleTarget, 'value' | 'setAt'>[] = [
    { kpi: 'net_sales', grain: 'day', period: '2026-11-22' },
    { kpi: 'net_sales', grain: 'month', period: '2026-11' },
    { kpi: 'net_sales', grain: 'month', period: '2026-11', dimension: { dim: 'channel', value: random.pick(channels) } },
    { kpi: 'net_sales', grain: 'quarter', period: '2026-Q4' },
    { kpi: 'budget', grain: 'month', period: '2026-11' },
    { kpi: 'budget', grain: 'month', period: '2026-11', dimension: { dim: 'line', value: 'online' } },
    { kpi: 'budget', grain: 'month', period: '2026-11', dimension: { dim: 'campaign', value: 'C-1' } },
    { kpi: 'budget', grain: 'quarter', period: '2026-Q4' },
    { kpi: 'budget', grain: 'year', period: '2026' },
  ];
  const set = (setAt: number) => ({ value: 1 + random.below(900_000), setAt });
  const late = (): number => Math.max(madeAt, NOW - 1 - random.below(6 * DAY));
  const first = places.map((place) => ({ ...place, ...set(random.chance(0.6) ? madeAt : late()) }));
  const again = places.filter(() => random.chance(0.3)).map((place) => ({ ...place, ...set(NOW) }));
  return [...first, ...again].sort((a, b) => a.setAt - b.setAt);
}
