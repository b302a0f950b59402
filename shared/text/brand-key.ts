/**
 * Names of brands compared as people read them (contract, “Events in”): a trailing space, a doubled one, a
 * zero-width character, a full-width letter or other capitals make no other brand. Stored names stay as they were written; whoever compares
 * brands compares these keys.
 */

/** Zero-width spaces and joiners, marks of writing direction, variation selectors: nobody sees them. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/** What two spellings of one brand have in common; empty for a name nobody can see. */
export function brandKey(name: string): string {
  // Upper case first, so that ß and SS, and both forms of sigma, meet. Folding may undo the normal form, hence twice.
  const visible = name.normalize('NFKC').replace(INVISIBLE, '').trim().replace(/\s+/gu, ' ');
  return visible.toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFKC');
}

export interface BrandSet {
  /** True when the name is one of the set's, as people read it. */
  has(name: string | null | undefined): boolean;
}

export function brandSet(names: readonly string[]): BrandSet {
  // A name nobody can see is no brand, whoever listed it.
  const keys = new Set(names.map(brandKey).filter((key) => key !== ''));
  // A screen asks for the same few spellings thousands of times.
  const asked = new Map<string, boolean>();
  return {
    has(name) {
      if (name === null || name === undefined || keys.size === 0) return false;
      let known = asked.get(name);
      if (known === undefined) asked.set(name, (known = keys.has(brandKey(name))));
      return known;
    },
  };
}

/** The first name that reads like an earlier one of the list, with its place; undefined when all differ. */
export function repeatedBrand(names: readonly string[]): { readonly name: string; readonly index: number } | undefined {
  const seen = new Set<string>();
  for (const [index, name] of names.entries()) {
    const key = brandKey(name);
    if (seen.has(key)) return { name, index };
    seen.add(key);
  }
  return undefined;
}
