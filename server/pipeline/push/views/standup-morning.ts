/** This morning's meeting: today, and the last workday before it by the policy `holidays`. */
import type { Nodes } from '../../../domain/nodes/nodes.ts';
import { morningOf, type Morning } from '../../../domain/standup/dues.ts';
import type { ViewParts } from './view-parts.ts';

export async function morningNow({
  reads,
  calendar,
  nodesOf,
  clock,
}: Pick<ViewParts, 'reads' | 'calendar' | 'nodesOf' | 'clock'>): Promise<Morning & { readonly nodes: Nodes }> {
  const { holidays } = await reads.policies();
  const nodes = nodesOf(holidays);
  return { ...morningOf(calendar.dayOf(clock.now()), (day) => nodes.previousWorkday(day), calendar), nodes };
}
