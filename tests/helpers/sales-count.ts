/** Net sales and orders of a set of events, counted with pencil and paper: no code of the product is asked. */
import type { CloudEvent } from './event-generator.ts';

interface Paid {
  readonly version: number;
  readonly lines: readonly { readonly amount: number }[];
}
interface Refund {
  readonly refundId: string;
  readonly orderId: string;
  readonly version: number;
  readonly amount: number;
}

/** Σ paid − Σ refunded over all time, and orders not fully refunded. A cancelled order counts nowhere, nor do its refunds. */
export function countSales(events: readonly CloudEvent[]): { readonly net: number; readonly orders: number } {
  const orders = new Map<string, { readonly version: number; readonly paid: number | null }>();
  const refunds = new Map<string, { readonly version: number; readonly order: string; readonly amount: number }>();
  for (const { type, source, data } of events) {
    if (type === 'sales.order.paid' || type === 'sales.order.cancelled') {
      const order = data as Paid & { readonly orderId: string };
      const key = `${source} ${order.orderId}`;
      const paid = type === 'sales.order.paid' ? order.lines.reduce((sum, line) => sum + line.amount, 0) : null;
      if ((orders.get(key)?.version ?? 0) < order.version) orders.set(key, { version: order.version, paid });
    } else if (type === 'sales.order.refunded') {
      const refund = data as Refund;
      const key = `${source} ${refund.refundId}`;
      if ((refunds.get(key)?.version ?? 0) < refund.version)
        refunds.set(key, { version: refund.version, order: `${source} ${refund.orderId}`, amount: refund.amount });
    }
  }
  const refunded = new Map<string, number>();
  for (const { order, amount } of refunds.values()) refunded.set(order, (refunded.get(order) ?? 0) + amount);
  let net = 0;
  let live = 0;
  for (const [key, { paid }] of orders) {
    if (paid === null) continue;
    net += paid;
    const back = refunded.get(key) ?? 0;
    if (back === 0 || back < paid) live += 1;
  }
  for (const [key, amount] of refunded) if (orders.get(key)?.paid !== null) net -= amount;
  return { net, orders: live };
}
