/** Leads, some of them duplicates by their contact within and after 90 days, with what became of them. */
import type { EventData } from '../../../shared/events/registry.ts';
import { campaign, channels, contact, customer, money, regions } from './sales.ts';
import { DAY, sources, type Story } from './story.ts';

function created(story: Story, leadId: string, version: number): EventData<'lead.created'> {
  const { random } = story;
  return {
    leadId,
    version,
    channel: random.pick(channels),
    ...story.maybe(0.7, 'region', random.pick(regions)),
    ...story.maybe(0.5, 'campaignId', campaign(story)),
    ...story.maybe(0.3, 'customerId', customer(story)),
    touch: random.pick(['earned', 'owned', 'paid'] as const),
    reachable: random.chance(0.85),
    ...story.maybe(0.4, 'inArea', random.chance(0.7)),
    ...story.maybe(0.7, 'contactHash', contact(story)),
  };
}

/** Versions of one lead differ over its sources, so that one of them speaks for it. */
export function tellLeads(story: Story, count: number): void {
  const { random } = story;
  for (let i = 0; i < count; i++) {
    const leadId = `L-${i}`;
    const from = i % 2;
    const source = sources[from] ?? '/shop/a';
    const at = story.instant();
    const first = created(story, leadId, 4 + from);
    story.add('lead.created', at, first, source);
    if (random.chance(0.2))
      story.add(
        'lead.created',
        random.chance(0.5) ? at : story.near(at, 3 * DAY),
        created(story, leadId, random.pick([2, 6]) + from),
        source,
      );
    if (random.chance(0.15)) {
      const other = 1 - from;
      story.add('lead.created', story.near(at, 3 * DAY), created(story, leadId, random.pick([2, 8]) + other), sources[other]);
    }
    if (random.chance(0.3)) story.add('lead.contacted', story.near(at, 2 * DAY), { leadId, version: 1 }, source);
    if (random.chance(0.15)) story.add('lead.disqualified', story.near(at, 5 * DAY), { leadId, version: 1, reason: '无计划' }, source);
    if (random.chance(0.1)) story.add('lead.lost', story.near(at, 20 * DAY), { leadId, version: 1, reason: '选择竞品' }, source);
    if (!random.chance(0.45)) continue;
    const signing = (version: number) => ({ leadId, version, customerId: customer(story), value: money(story) });
    story.add('lead.signed', story.near(at, random.pick([6, 50]) * DAY), signing(2), source);
    if (random.chance(0.2)) story.add('lead.signed', story.near(at, 40 * DAY), signing(random.pick([1, 3])), source);
  }
  // A signing whose lead nobody has heard of.
  story.add('lead.signed', story.instant(), { leadId: 'L-lost', version: 1, customerId: customer(story), value: 1 }, '/shop/a');
}
