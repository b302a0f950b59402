/** How mentions without a `storyId` become stories: the policy `grouping`. */
import * as z from 'zod';
import { characters } from '../text/bounded-text.ts';

const host = characters(3, 200, z.string().trim()).refine((name) => /^[^\s/?#:@]+\.[^\s/?#:@]+$/u.test(name), {
  error: 'a host name, such as shop.example.com',
});

export const groupingPolicy = z.object({
  /** What two texts of one story have in common of their pairs and triples of characters, against their mean size. */
  similarity: z.number().min(0.3).max(1),
  /** Mentions published further apart than this are no story by their text or links. */
  windowMs: z
    .int()
    .min(60_000)
    .max(30 * 86_400_000),
  /** A mention that stays alone is a story of its own from this reach on; below it joins the day's scattered complaints. */
  reachFloor: z.int().min(0).max(1e9),
  /** Hosts, with all below them, whose links are no evidence: the brand's own pages and its shops. */
  ownHosts: z.array(host).max(200),
});
export type GroupingPolicy = z.infer<typeof groupingPolicy>;

export const defaultGrouping: GroupingPolicy = {
  similarity: 0.6,
  windowMs: 72 * 3_600_000,
  reachFloor: 10_000,
  ownHosts: ['jd.com', 'tmall.com', 'taobao.com', 'pinduoduo.com', 'yangkeduo.com', 'jinritemai.com', 'suning.com', 'vip.com'],
};
