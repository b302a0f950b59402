/** Mentions of own, tracked and other brands: scored, labelled, neither; edited, reclassified, deleted. */
import { brands } from './delivery.ts';
import { campaign } from './sales.ts';
import { DAY, sources, type Story } from './story.ts';

export const platforms = ['微博', '小红书'] as const;
const names = [...brands.own, ' 山澜​', 'shanlan', 'ＮＯＶＡ', ...brands.tracked, '别家'];
const ratings = [
  ...[{ score: -0.3 }, { score: -0.9 }, { score: 0.3 }, { score: 0.8 }, { score: 0.29 }, { score: -0.29 }, {}],
  ...([{ label: 'negative' }, { label: 'positive', score: -1 }, { label: 'neutral' }] as const),
] as const;

export function tellMentions(story: Story, count: number): void {
  const { random } = story;
  for (let i = 0; i < count; i++) {
    const mentionId = `M-${random.chance(0.2) ? random.below(count) : i}`;
    const source = sources[i % 2] ?? '/shop/a';
    const at = story.instant();
    const version = 3 + i * 10;
    const mention = (number: number) => ({
      ...{ mentionId, version: number, platform: random.pick(platforms), text: '新买的机器开始漏水。', ...random.pick(ratings) },
      brand: random.chance(0.6) ? random.pick(brands.own) : random.pick(names),
      ...story.maybe(0.2, 'campaignId', campaign(story)),
    });
    story.add('sentiment.mention', at, mention(version), source);
    if (random.chance(0.1))
      story.add('sentiment.mention', random.chance(0.5) ? at : story.near(at, DAY), mention(version + random.pick([-1, 1])), source);
    if (random.chance(0.2)) {
      const judged = random.pick([{ label: 'neutral' }, { label: 'positive' }, { score: 0.5 }, { score: -0.4 }] as const);
      story.add(
        'sentiment.reclassified',
        story.near(at, 4 * DAY),
        { mentionId, version: version + random.pick([-2, 2, 3]), ...judged },
        source,
      );
    }
    if (random.chance(0.1))
      story.add('sentiment.deleted', story.near(at, 4 * DAY), { mentionId, version: version + random.pick([4, 4, -3]) }, source);
  }
}
