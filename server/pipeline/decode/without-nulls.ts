/**
 * An optional field given as null is absent [I13]: many sources write every column they have, empty or not. Guided by
 * the schema, so that null stays what it is where it means something, and where a field is required.
 */
import type * as z from 'zod';

/** What a schema is made of, as one of the kinds the library knows. */
export const defOf = (schema: z.core.$ZodType): z.core.$ZodTypes['_zod']['def'] => (schema as z.core.$ZodTypes)._zod.def;

/** The value without the members that are null and optional in the schema, at every depth; the value itself where there are none. */
export function withoutNulls(schema: z.core.$ZodType, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const def = defOf(schema);
  switch (def.type) {
    case 'optional':
    case 'nullable':
      return withoutNulls(def.innerType, value);
    case 'array':
      return Array.isArray(value) ? items(def.element, value) : value;
    case 'object':
      return Array.isArray(value) ? value : members(def.shape as Readonly<Record<string, z.core.$ZodType>>, value);
    default:
      return value;
  }
}

function items(element: z.core.$ZodType, value: readonly unknown[]): readonly unknown[] {
  let changed = false;
  const out = value.map((item) => {
    const kept = withoutNulls(element, item);
    changed ||= kept !== item;
    return kept;
  });
  return changed ? out : value;
}

function members(shape: Readonly<Record<string, z.core.$ZodType>>, value: object): object {
  let changed = false;
  const kept = Object.entries(value).flatMap(([name, given]: [string, unknown]) => {
    // Own members only: a member called toString is no field of a schema.
    const schema = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (schema === undefined) return [[name, given] as const];
    if (given === null && defOf(schema).type === 'optional') {
      changed = true;
      return [];
    }
    const inside = withoutNulls(schema, given);
    changed ||= inside !== given;
    return [[name, inside] as const];
  });
  return changed ? Object.fromEntries(kept) : value;
}
