/** Which groups of the views are long lists, of which a patch carries the rows that changed in place of the whole list. */
import { listChange, type ListChange, type ListShape } from '../../../shared/wire/list-change.ts';
import type { ViewName } from '../../../shared/wire/views/all.ts';

const stories: ListShape = { list: 'incidents', key: 'id' };

/** By view and group. A short list is sent whole: the names of its rows would be as long as its rows. */
export const rowLists: { readonly [V in ViewName]?: Readonly<Record<string, ListShape>> } = {
  incidents: { open: stories, recent: stories },
};

/** A group that has changed since it was sent last; undefined = it never was. */
interface Changed {
  readonly name: string;
  readonly lastSent: unknown;
  readonly pending: { readonly value: unknown } | null;
}

/** What a patch says of these groups: of lists what changed, where that is less than the whole. */
export function carriedBy(
  changed: readonly Changed[],
  shapes: Readonly<Record<string, ListShape>>,
): { readonly groups: Readonly<Record<string, unknown>>; readonly lists?: Readonly<Record<string, ListChange>> } {
  const groups: Record<string, unknown> = {};
  const lists: Record<string, ListChange> = {};
  for (const { name, lastSent, pending } of changed) {
    const shape = shapes[name];
    const change = shape === undefined ? null : listChange(lastSent, pending?.value, shape);
    if (change === null) groups[name] = pending?.value;
    else lists[name] = change;
  }
  return Object.keys(lists).length === 0 ? { groups } : { groups, lists };
}
