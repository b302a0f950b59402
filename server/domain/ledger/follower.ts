/** What may happen to a thing after a row of another family named it: a person engages, then a lead or an order of that person comes. */
import type { DimValue } from '../dim-value.ts';
import type { FamilyName } from './registry.ts';

export interface Follower {
  readonly family: FamilyName;
  /** Dimensions that name the thing: any of them will do. */
  readonly things: readonly string[];
  /** An entity counts at an instant while its rows there sum above 0, over these measures together. */
  readonly measures: readonly string[];
  readonly where: readonly { readonly dim: string; readonly value: DimValue }[];
  /** Of what follows only the first there ever was of the thing counts. */
  readonly firstOnly?: true;
}
