/** What the 竞品 scene shows, from competitor moves and mention counts. Names are compared as people read them. */
import type { CompetitorsState, PriceLine } from '../../../shared/wire/views/competitors.ts';
import type { MoveRow } from '../../../shared/wire/views/overview.ts';
import { brandKey, brandSet } from '../../../shared/text/brand-key.ts';
import { parsePrice } from './price.ts';
import { rowCaps, withRest } from './row-caps.ts';
import type { SlotCount } from './sentiment.ts';

/** Points of a line at most: the newest. */
const POINTS = 40;
/** Days before today that are looked at where today has no move. */
export const LEAD_DAYS = 7;
const IMPACT = { low: 0, medium: 1, high: 2 } as const;

const size = (move: MoveRow) => Math.abs(move.change ?? 0);
const newest = (a: MoveRow, b: MoveRow) => b.at - a.at || (a.moveId < b.moveId ? -1 : 1);

/** A cut presses on our own price; what else a competitor does is no smaller for that, but waits behind it. */
const presses = (move: MoveRow) => move.kind === 'price' && (move.change ?? 0) < 0;

/**
 * The move that matters: the largest impact its source gave it; of equals a cut of a price, which presses on ours; then the
 * largest change of price either way; then the newest. A day without a move leaves the place to the days before it.
 * @param moves of today and the seven days before, of tracked competitors
 * @param today when the business day began, UTC ms
 */
export function leadMove(moves: readonly MoveRow[], today: number): CompetitorsState['leadMove'] {
  const order = (a: MoveRow, b: MoveRow) =>
    IMPACT[b.impact] - IMPACT[a.impact] || Number(presses(b)) - Number(presses(a)) || size(b) - size(a) || newest(a, b);
  const ofToday = moves.filter(({ at }) => at >= today);
  const [move] = (ofToday.length > 0 ? ofToday : moves).toSorted(order);
  return move === undefined ? null : { move, days: ofToday.length > 0 ? 1 : LEAD_DAYS };
}

export function rivalLanes(moves: readonly MoveRow[], tracked: readonly string[]): CompetitorsState['rivals'] {
  const lanes = tracked.slice(0, rowCaps.lanes).map((competitor) => {
    const name = brandSet([competitor]);
    const own = moves.filter((move) => name.has(move.competitor)).toSorted(newest);
    return { competitor, moves: own.slice(0, rowCaps.laneMoves), total: own.length };
  });
  return { lanes, more: tracked.length - lanes.length };
}

/** Moves of one product of one competitor that are changes from one price to another, by time. */
interface PriceMoves {
  readonly moves: readonly { readonly move: MoveRow; readonly before: number; readonly after: number }[];
}

function priceMovesByProduct(moves: readonly MoveRow[]): readonly PriceMoves[] {
  const priced = moves.flatMap((move) => {
    if (move.kind !== 'price' || move.before === null || move.after === null || !move.change) return [];
    const [before, after] = [parsePrice(move.before), parsePrice(move.after)];
    return before && after ? [{ move, before: before.amount, after: after.amount }] : [];
  });
  const groups = Map.groupBy(priced, ({ move }) => JSON.stringify([brandKey(move.competitor), move.product]));
  return [...groups.values()].map((of) => ({ moves: of.toSorted((a, b) => newest(b.move, a.move)) }));
}

/** One line a product, the newest move first. @param from beginning of the window, UTC ms */
export function priceLines(moves: readonly MoveRow[], from: number): CompetitorsState['prices'] {
  const rows = priceMovesByProduct(moves).flatMap(({ moves: steps }): PriceLine[] => {
    const [first, last] = [steps[0], steps.at(-1)];
    if (!first || !last) return [];
    const { competitor, product, after, at } = last.move;
    return [
      {
        ...{ competitor, product, before: first.move.before ?? '', after: after ?? '', at },
        change: (last.after - first.before) / first.before,
        points: [{ at: from, amount: first.before }, ...steps.map((step) => ({ at: step.move.at, amount: step.after }))].slice(-POINTS),
      },
    ];
  });
  const sorted = rows.toSorted((a, b) => b.at - a.at || (a.competitor < b.competitor ? -1 : 1));
  return { from, rows: sorted.slice(0, rowCaps.prices), more: Math.max(0, sorted.length - rowCaps.prices) };
}

export function voices(
  counts: readonly SlotCount[],
  brands: { own: readonly string[]; tracked: readonly string[] },
): Omit<CompetitorsState['voice'], 'days'> {
  const mentions = (brand: string) => {
    const name = brandSet([brand]);
    return counts.reduce((sum, row) => (name.has(row.brand) ? sum + row.count : sum), 0);
  };
  const row = (own: boolean) => (brand: string) => ({ brand, own, mentions: mentions(brand) });
  const rows = [...brands.own.map(row(true)), ...brands.tracked.map(row(false))];
  const total = rows.reduce((sum, { mentions: count }) => sum + count, 0);
  const share = (count: number) => (total === 0 ? 0 : count / total);
  const sorted = rows.toSorted((a, b) => Number(b.own) - Number(a.own) || b.mentions - a.mentions);
  const { shown, rest } = withRest(sorted, rowCaps.voices);
  const others = rest.reduce((sum, { mentions: count }) => sum + count, 0);
  return {
    total,
    rows: shown.map((r) => ({ ...r, share: share(r.mentions) })),
    rest: rest.length === 0 ? null : { brands: rest.length, mentions: others, share: share(others) },
  };
}
