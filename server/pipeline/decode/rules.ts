/** What a schema cannot say of an event's data: rules over several fields or over the workspace. */
import { MAX_MONEY } from '../../../shared/events/limits.ts';
import type { Rejection } from '../../../shared/events/outcomes.ts';
import type { WarroomEvent } from '../../../shared/events/registry.ts';

export function breaksRule(event: WarroomEvent, currency: string): Rejection | undefined {
  const data = event.data as { readonly currency?: string | undefined };
  if (data.currency !== undefined && data.currency !== currency) return wrongCurrency('data.currency', currency);
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

/**
 * A currency of its own beside an amount within the data: of a line, or of a plan's targets. It is kept nowhere, so an order
 * that comes again with it is the same order; but another one than the workspace's must not be counted as if it were.
 */
export function foreignPart(data: unknown, currency: string): Rejection | undefined {
  if (!isObject(data)) return undefined;
  const { lines, targets } = data;
  const parts: readonly (readonly [path: string, part: unknown])[] = [
    ...(Array.isArray(lines) ? lines.map((line: unknown, i) => [`data.lines[${i}]`, line] as const) : []),
    ['data.targets', targets],
  ];
  const foreign = parts.find(([, part]) => isObject(part) && (part['currency'] ?? currency) !== currency);
  return foreign && wrongCurrency(`${foreign[0]}.currency`, currency);
}

function wrongCurrency(path: string, currency: string): Rejection {
  return { code: 'wrong_currency', path, message: `this workspace counts in ${currency}; convert before sending` };
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sum(lines: readonly { readonly amount: number }[]): number {
  let total = 0;
  for (const line of lines) total += line.amount;
  return total;
}
