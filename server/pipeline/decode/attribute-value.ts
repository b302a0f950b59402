/**
 * Values of CloudEvents attributes as bindings write them in headers: double-quoted or not, with backslash escapes, and
 * percent-encoded (HTTP protocol binding 1.0.2, section 3.1.3.2).
 */

/** The attributes the war room reads. Any other header of a binding is nobody's business and refuses no event [I13]. */
export const attributeNames = ['specversion', 'id', 'source', 'type', 'time', 'subject'] as const;
export type AttributeName = (typeof attributeNames)[number];

export const isAttributeName = (name: string): name is AttributeName => (attributeNames as readonly string[]).includes(name);

/** The text between double quotes with its escapes undone; a value that is not quoted as it is. */
export function unquoted(value: string): string {
  const trimmed = value.trim();
  if (!/^"(?:[^"\\]|\\.)*"$/su.test(trimmed)) return value;
  return trimmed.slice(1, -1).replace(/\\(.)/gsu, '$1');
}

/** Percent escapes undone; undefined where they are no UTF-8. A `%` that begins no escape stands for itself. */
export function percentDecoded(value: string): string | undefined {
  if (!value.includes('%')) return value;
  try {
    return decodeURIComponent(value.replace(/%(?![0-9a-f]{2})/giu, '%25'));
  } catch {
    return undefined;
  }
}
