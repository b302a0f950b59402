/** Facts grouped by the id they were asked for. */
import type { FactKind } from '../../../../shared/events/define.ts';
import type { Fact } from '../../../domain/facts.ts';
import { factOfRow } from '../fact-row.ts';
import { lookUp, type TxContext } from './context.ts';

/** `sql` takes the ids as one JSON array and gives rows of id, key and versions; no id twice. */
export async function groupedFacts(context: TxContext, kind: FactKind, sql: string, ids: readonly string[]): Promise<Map<string, Fact[]>> {
  const found = new Map<string, Fact[]>();
  await lookUp<readonly [string, string, string]>(context, sql, ids, ([id, key, versions]) => {
    const list = found.get(id);
    const fact = factOfRow(kind, key, versions, context.clock.shifts);
    if (list) list.push(fact);
    else found.set(id, [fact]);
  });
  // One order for any store and any history of writes: the fold must not depend on disk order.
  for (const list of found.values()) if (list.length > 1) list.sort((a, b) => (a.key < b.key ? -1 : 1));
  return found;
}
