/** Evidence of an answer: a link to what was published, or words. Pure, for forms and the server alike. */
export const evidenceKinds = ['link', 'text'] as const;

export interface Evidence {
  readonly kind: (typeof evidenceKinds)[number];
  readonly value: string;
}

const address = /^https?:\/\/(?:\[[0-9a-f:.]+\]|[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?)(?::\d{1,5})?(?:[/?#]\S*)?$/iu;

/** True for an http or https address with a host and no blanks; a name or a password before the host would hide it. */
export function isWebLink(value: string): boolean {
  return address.test(value);
}

/** Evidence as a person typed it: what reads as a link is one. */
export function evidenceOf(value: string): Evidence {
  return { kind: isWebLink(value) ? 'link' : 'text', value };
}

/** Evidence of a stored audit line; older programs kept it as plain strings. */
export function storedEvidence(stored: unknown): readonly Evidence[] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((one: unknown): readonly Evidence[] => {
    if (typeof one === 'string') return [evidenceOf(one)];
    if (typeof one !== 'object' || one === null || !('kind' in one) || !('value' in one)) return [];
    const { kind, value } = one;
    return (kind === 'link' || kind === 'text') && typeof value === 'string' ? [{ kind, value }] : [];
  });
}
