/** What the 竞品 scene shows, from competitor moves and mention counts. Names are compared as people read them. */
import type { CompetitorsState } from '../../../shared/wire/views/competitors.ts';
import type { MoveRow } from '../../../shared/wire/views/overview.ts';
import { brandSet } from '../../../shared/text/brand-key.ts';
import { rowCaps, withRest } from './row-caps.ts';
import type { SlotCount } from './sentiment.ts';

const IMPACT = { low: 0, medium: 1, high: 2 } as const;

const size = (move: MoveRow) => Math.abs(move.change ?? 0);
const newest = (a: MoveRow, b: MoveRow) => b.at - a.at || (a.moveId < b.moveId ? -1 : 1);

/** `moves`: of today and of tracked competitors. */
export function leadMove(moves: readonly MoveRow[]): CompetitorsState['leadMove'] {
  return moves.toSorted((a, b) => IMPACT[b.impact] - IMPACT[a.impact] || size(b) - size(a) || newest(a, b))[0] ?? null;
}

export function rivalLanes(moves: readonly MoveRow[], tracked: readonly string[]): CompetitorsState['rivals'] {
  return tracked.map((competitor) => {
    const name = brandSet([competitor]);
    const own = moves.filter((move) => name.has(move.competitor)).toSorted(newest);
    return { competitor, moves: own.slice(0, rowCaps.laneMoves), total: own.length };
  });
}

export function priceMoves(moves: readonly MoveRow[]): CompetitorsState['prices'] {
  const priced = moves.filter((move) => move.kind === 'price' && size(move) > 0).toSorted((a, b) => size(b) - size(a) || newest(a, b));
  return { rows: priced.slice(0, rowCaps.prices), more: Math.max(0, priced.length - rowCaps.prices) };
}

export function voices(
  counts: readonly SlotCount[],
  brands: { own: readonly string[]; tracked: readonly string[] },
): CompetitorsState['voice'] {
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
