/** Every fact of a store in memory as recount groups: orders, signings, mentions and spend, each once. */
import { entityMembers } from '../entity-members.ts';
import type { MemoryStore } from '../memory-store.ts';
import type { RecountGroup } from './recount.ts';

export async function recountGroups(store: MemoryStore): Promise<RecountGroup[]> {
  const signings = new Set<string>();
  return (await entityMembers(store)).flatMap((of): RecountGroup[] => {
    if (of.entity === 'order') return [of.members];
    // A signing that was corrected to another customer is among the events of both.
    if (of.entity === 'customer')
      return of.members.signings.filter(({ signing }) => !signings.has(signing.fact.key) && signings.add(signing.fact.key));
    if (of.entity === 'contact') return [];
    if (of.members.fact.kind === 'mention') return [{ mention: of.members }];
    return of.members.fact.kind === 'spend' ? [{ spend: of.members }] : [];
  });
}
