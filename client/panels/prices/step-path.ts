/** The line of a price over a window: level until a move, then a step. Pure. */
import type { PriceLine } from '../../../shared/wire/views/competitors.ts';

/** Height of the drawing, and what is kept free above and below the line so that its ends are not cut. */
const HEIGHT = 40;
const FREE = 5;

/** In a drawing 100 wide; `end` is the height of the last price. A window in which nothing moved is a line in the middle. */
export function stepPath(points: PriceLine['points'], from: number, to: number): { readonly path: string; readonly end: number } {
  const amounts = points.map(({ amount }) => amount);
  const [least, most] = [Math.min(...amounts), Math.max(...amounts)];
  const y = (amount: number): number =>
    most === least ? HEIGHT / 2 : Math.round((FREE + ((most - amount) / (most - least)) * (HEIGHT - 2 * FREE)) * 10) / 10;
  const x = (at: number): number => Math.round(Math.min(1, Math.max(0, (at - from) / Math.max(1, to - from))) * 1_000) / 10;
  const [first, ...steps] = points;
  if (!first) return { path: '', end: HEIGHT / 2 };
  const path = `M0 ${y(first.amount)}${steps.map(({ at, amount }) => `H${x(at)}V${y(amount)}`).join('')}H100`;
  return { path, end: y(points.at(-1)?.amount ?? first.amount) };
}
