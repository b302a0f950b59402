/** Campaigns with overlapping windows and several plans, what was spent, what was read, who engaged, and visits by day. */
import { platforms } from './mentions.ts';
import { buyer, campaign, channels, contact, customer, money } from './sales.ts';
import { NOW } from './delivery.ts';
import { DAY, sources, type Story } from './story.ts';

const spendKinds = ['media', 'media', 'production', 'agency', 'kol', 'gift', 'event', 'training', 'labour'] as const;
const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

export function tellCampaigns(story: Story): void {
  const { random } = story;
  for (let i = 0; i < 4; i++) {
    const campaignId = `C-${i}`;
    const plan = (version: number) => {
      const from = NOW - random.below(60) * DAY;
      const burst = from + random.below(8) * DAY;
      const to = burst + random.below(12) * DAY;
      return {
        ...{ campaignId, version, name: `活动 ${i}`, owner: '陈放', channels: [random.pick(channels)], budget: money(story), targets: {} },
        kind: random.pick(['node', 'theme', 'offline', 'always-on'] as const),
        phases: {
          warmup: { from: day(from), to: day(Math.max(from, burst - DAY)) },
          burst: { from: day(burst), to: day(to) },
          review: { from: day(to + DAY), to: day(to + 4 * DAY) },
        },
      };
    };
    const source = sources[i % 2];
    const at = NOW - 70 * DAY - random.below(20 * DAY);
    story.add('campaign.planned', at, plan(4), source);
    if (random.chance(0.4)) story.add('campaign.planned', story.instant(), plan(random.pick([2, 6])), source);
    if (random.chance(0.2)) story.add('campaign.planned', story.instant(), plan(random.pick([3, 7])), sources[1 - (i % 2)]);
    if (random.chance(0.35)) story.add('campaign.ended', story.instant(), { campaignId, version: 2 }, source);
    if (random.chance(0.15)) story.add('campaign.ended', story.instant(), { campaignId, version: random.pick([1, 3]) }, source);
    if (random.chance(0.3)) story.add('campaign.phase', story.instant(), { campaignId, version: 1, phase: 'burst' }, source);
  }
}

export function tellSpend(story: Story, count: number): void {
  const { random } = story;
  for (let i = 0; i < count; i++) {
    const entryId = `SP-${random.chance(0.2) ? random.below(count) : i}`;
    const source = sources[i % 2];
    const at = story.instant();
    const entry = (version: number) => ({
      ...{ entryId, version, channel: random.pick(channels), kind: random.pick(spendKinds), amount: money(story) },
      line: random.pick(['online', 'offline', 'training', 'other'] as const),
      ...story.maybe(0.7, 'campaignId', campaign(story)),
    });
    story.add('campaign.spend', at, entry(2 + i * 10), source);
    if (random.chance(0.2))
      story.add('campaign.spend', random.chance(0.5) ? at : story.near(at, 9 * DAY), entry(i * 10 + random.pick([1, 3])), source);
  }
}

export function tellAttention(story: Story): void {
  const { random } = story;
  for (let i = 0; i < 4; i++) {
    const [campaignId, platform] = [campaign(story), random.pick(platforms)];
    const source = sources[i % 2];
    const content = story.maybe(0.5, 'contentId', `N-${random.below(2)}`);
    const steps = 1 + random.below(3);
    for (let v = 1; v <= steps; v++) {
      const counts = { reads: random.below(9_000), likes: random.below(900), shares: random.below(90) };
      story.add('campaign.engagement', story.instant(), { campaignId, platform, version: v * 10 + i, ...content, ...counts }, source);
    }
  }
  for (let i = 0; i < 12; i++) {
    const engagementId = `E-${random.chance(0.2) ? random.below(12) : i}`;
    const source = sources[i % 2];
    const action = (version: number) => ({
      ...{ engagementId, version, platform: random.pick(platforms), touch: random.pick(['earned', 'earned', 'owned', 'paid'] as const) },
      personId: random.pick([buyer, customer, contact])(story),
      action: random.pick(['read', 'like', 'share', 'comment', 'click', 'visit'] as const),
      ...story.maybe(0.5, 'campaignId', campaign(story)),
    });
    const at = story.instant();
    story.add('audience.engaged', at, action(2 + i * 10), source);
    if (random.chance(0.15)) story.add('audience.engaged', story.near(at, 3 * DAY), action(i * 10 + random.pick([1, 3])), source);
  }
  for (let i = 0; i < 8; i++) {
    const at = story.instant();
    const date = day(at - random.below(3) * DAY);
    const visits = 100 + random.below(900);
    story.add(
      'traffic.daily',
      at,
      { date, channel: random.pick(channels), version: i + 1, visits, organic: random.below(visits) },
      '/shop/a',
    );
  }
  // What counts in no KPI.
  story.add('content.published', story.instant(), { contentId: 'N-0', version: 1, platform: '小红书', title: '拉花' });
  story.add('competitor.move', story.instant(), {
    moveId: 'CM-1',
    version: 1,
    competitor: '铂域',
    kind: 'price',
    title: '降价',
    impact: 'low',
  });
}
