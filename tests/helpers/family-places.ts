/** Places of dimensions and measures in the rows of a family. */
import { families, familyNames, type FamilyName } from '../../server/domain/ledger/registry.ts';

export function dimIndex(family: FamilyName, dim: string): number {
  return indexIn(namesOf(family).dims, dim, 'dimension', family);
}

export function measureIndex(family: FamilyName, measure: string): number {
  return indexIn(namesOf(family).measures, measure, 'measure', family);
}

function namesOf(family: FamilyName): { readonly dims: readonly string[]; readonly measures: readonly string[] } {
  if (!familyNames.includes(family)) throw new Error(`no family ${family}`);
  return families[family];
}

function indexIn(names: readonly string[], name: string, what: string, family: string): number {
  const at = names.indexOf(name);
  if (at < 0) throw new Error(`${family} has no ${what} ${name}`);
  return at;
}
