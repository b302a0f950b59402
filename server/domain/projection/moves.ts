/** The competitor moves a wall has room for: those of tracked competitors before others, newest first. */
import type { MoveRow } from '../../../shared/wire/views/overview.ts';
import { brandSet } from '../../../shared/text/brand-key.ts';
import { standing, type Fact } from '../facts.ts';
import { priceChange } from './price.ts';

export function latestMoves(facts: readonly Fact[], tracked: readonly string[], max: number): readonly MoveRow[] {
  const ours = brandSet(tracked);
  return facts
    .flatMap((fact) => moveRow(fact) ?? [])
    .sort((a, b) => Number(ours.has(b.competitor)) - Number(ours.has(a.competitor)) || b.at - a.at || order(a.moveId, b.moveId))
    .slice(0, max);
}

export function moveRow(fact: Fact): MoveRow | undefined {
  const move = standing(fact, 'competitor.move');
  if (!move) return undefined;
  const { moveId, competitor, kind, sku, title, before, after, impact } = move.data;
  return {
    moveId,
    at: move.occurredAt,
    competitor,
    kind,
    product: sku ?? null,
    title,
    before: before ?? null,
    after: after ?? null,
    change: priceChange(before, after),
    impact,
  };
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
