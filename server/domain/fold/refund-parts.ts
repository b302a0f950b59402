/** Which lines of an order a refund belongs to (R3). */
import type { EventData } from '../../../shared/events/registry.ts';
import { allocate } from './allocate.ts';

type Lines = EventData<'sales.order.paid'>['lines'];
type Refund = EventData<'sales.order.refunded'>;

export interface RefundParts {
  /** Minor units by line of the order, in its order. */
  readonly byLine: readonly number[];
  /** Of SKUs the order does not hold: counts in its channel, region and campaign, in no category. */
  readonly unknown: number;
}

/**
 * By SKU where the refund has lines, else over all lines by their amounts. Where an order
 * holds one SKU in several lines, that SKU's part is shared among them the same way.
 */
export function refundParts(lines: Lines, refund: Refund): RefundParts {
  if (!refund.lines)
    return {
      byLine: allocate(
        refund.amount,
        lines.map((line) => line.amount),
      ),
      unknown: 0,
    };
  const byLine = lines.map(() => 0);
  let unknown = 0;
  for (const part of refund.lines) {
    const holders: number[] = [];
    for (let i = 0; i < lines.length; i++) if (lines[i]?.sku === part.sku) holders.push(i);
    if (holders.length === 0) unknown += part.amount;
    const shares = allocate(
      part.amount,
      holders.map((i) => lines[i]?.amount ?? 0),
    );
    for (let i = 0; i < holders.length; i++)
      byLine[holders[i] as number] = (byLine[holders[i] as number] as number) + (shares[i] as number);
  }
  return { byLine, unknown };
}
