/** What a schema cannot say of an event's data: rules over several fields or over the workspace. */
import { MAX_MONEY } from '../../../shared/events/limits.ts';
import type { Rejection } from '../../../shared/events/outcomes.ts';
import type { WarroomEvent } from '../../../shared/events/registry.ts';

export function breaksRule(event: WarroomEvent, currency: string): Rejection | undefined {
  const data = event.data as { readonly currency?: string | undefined };
  if (data.currency !== undefined && data.currency !== currency)
    return { code: 'wrong_currency', path: 'data.currency', message: `this workspace counts in ${currency}; convert before sending` };
  if (event.type === 'sales.order.paid') {
    if (sum(event.data.lines) > MAX_MONEY)
      return { code: 'invalid_data', path: 'data.lines', message: 'the lines together exceed 9×10¹⁵ minor units' };
  } else if (event.type === 'sales.order.refunded' && event.data.lines) {
    const total = sum(event.data.lines);
    if (total !== event.data.amount)
      return {
        code: 'refund_lines_mismatch',
        path: 'data.lines',
        message: `the lines add up to ${total}, the amount is ${event.data.amount}`,
      };
  }
  return undefined;
}

function sum(lines: readonly { readonly amount: number }[]): number {
  let total = 0;
  for (const line of lines) total += line.amount;
  return total;
}
