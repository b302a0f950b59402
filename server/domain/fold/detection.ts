/**
 * When a mention was found, and whether it came too late to be anybody's duty.
 * `detectedAt` is a claim of a monitor, so it is drawn in: nothing is found before it was published or after we had it.
 */
import { instantMs } from '../../../shared/events/rfc3339.ts';
import type { FactVersion } from '../facts.ts';

/** How far a source's clock may run ahead [I8]. */
export const MAX_AHEAD_MS = 120_000;
/** First received longer than this after it was found: history. */
const HISTORY_MS = 86_400_000;

type Mention = FactVersion<'sentiment.mention'>;

/** When a version of it was first received, UTC ms: an edit makes nothing younger or older. */
function firstReceipt({ receivedAt, firstReceivedAt }: Mention): number {
  return firstReceivedAt ?? receivedAt;
}

/** `claim` within [publication, first receipt]. A source whose clock runs ahead has published when we received it. */
function drawnIn(mention: Mention, claim: number): number {
  return Math.min(firstReceipt(mention), Math.max(mention.occurredAt, claim));
}

/** UTC ms: `detectedAt`, else the first receipt. */
export function detectionOf(mention: Mention): number {
  const { detectedAt } = mention.data;
  return drawnIn(mention, detectedAt === undefined ? Infinity : instantMs(detectedAt));
}

/** First received more than 24 h after it was detected, else published: it counts, and opens no clock by itself. */
export function isHistory(mention: Mention): boolean {
  const { detectedAt } = mention.data;
  const found = drawnIn(mention, detectedAt === undefined ? mention.occurredAt : instantMs(detectedAt));
  return firstReceipt(mention) - found > HISTORY_MS;
}

/** The mention as it would be, had our clock told another time whenever a version of it came. */
export function receivedOtherwise(mention: Mention, otherwise: (stamp: number) => number): Mention {
  const { receivedAt, firstReceivedAt } = mention;
  const moved = { ...mention, receivedAt: otherwise(receivedAt) };
  return firstReceivedAt === undefined ? moved : { ...moved, firstReceivedAt: otherwise(firstReceivedAt) };
}

/** Not history, and not published after that receipt either, by more than a source's clock may run ahead [I8]. */
export function isNews(mention: Mention): boolean {
  return mention.occurredAt <= firstReceipt(mention) + MAX_AHEAD_MS && !isHistory(mention);
}
