/**
 * How a list of rows differs between two revisions of a group. A group that is a long list is not sent whole for each row that
 * changed: a list of a hundred stories is 130 KB, and in a bad hour a few of them change four times a second. Pure, and free of
 * zod, because pages apply what the server makes.
 */

/** A group that is a list: the field that holds its rows, and the field that names a row. */
export interface ListShape {
  readonly list: string;
  readonly key: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** The schema is `listChange` of protocol.ts. */
export interface ListChange extends ListShape {
  /** The names of all rows in their order; null = those of before in the order of before. */
  readonly order: readonly string[] | null;
  /** Rows that are new or say something else than before, whole. */
  readonly rows: readonly Fields[];
  /** Every other field of the group. */
  readonly rest: Fields;
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The rows by their names, in order; null where the group is no such list, or where a row has no name of its own. */
function named(group: unknown, { list, key }: ListShape): ReadonlyMap<string, Fields> | null {
  const rows = isFields(group) ? group[list] : undefined;
  if (!Array.isArray(rows)) return null;
  const byName = new Map<string, Fields>();
  for (const row of rows) {
    const name = isFields(row) ? row[key] : undefined;
    if (typeof name !== 'string' || byName.has(name)) return null;
    byName.set(name, row);
  }
  return byName;
}

/** What leads from one state of the group to the next; null where the next one is better sent whole. */
export function listChange(before: unknown, next: unknown, shape: ListShape): ListChange | null {
  const [held, now] = [named(before, shape), named(next, shape)];
  if (held === null || now === null || !isFields(next)) return null;
  const rows: Fields[] = [];
  for (const [name, row] of now) {
    const old = held.get(name);
    if (old === undefined || JSON.stringify(old) !== JSON.stringify(row)) rows.push(row);
  }
  if (rows.length === now.size) return null;
  const [was, order] = [[...held.keys()], [...now.keys()]];
  const same = was.length === order.length && was.every((name, i) => name === order[i]);
  const { [shape.list]: _rows, ...rest } = next;
  return { ...shape, order: same ? null : order, rows, rest };
}

/** The group after the change, in which rows that did not change are the objects of before; null where the change does not fit what is held. */
export function withListChange(before: unknown, { list, key, order, rows, rest }: ListChange): Fields | null {
  const held = named(before, { list, key });
  const news = named({ [list]: rows }, { list, key });
  if (held === null || news === null) return null;
  const names = order ?? [...held.keys()];
  const after = names.map((name) => news.get(name) ?? held.get(name));
  // Each row that came has its place, and each place has its row.
  const places = new Set(names);
  const fits = after.every((row) => row !== undefined) && [...news.keys()].every((name) => places.has(name));
  return fits ? { ...rest, [list]: after } : null;
}
