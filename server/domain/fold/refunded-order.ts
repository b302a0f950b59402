/** Which order a refund belongs to. */
import { factKey, type FactVersion } from '../facts.ts';

/** Fact key of the order a refund joins: of its own source (contract). */
export function refundedOrder(source: string, refund: FactVersion<'sales.order.refunded'>): string {
  return factKey(source, refund.data.orderId);
}
