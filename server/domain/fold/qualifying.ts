/** An event as it makes somebody a customer (R6): a live order or a signing. */
import type { DimValue } from '../dim-value.ts';

export interface Qualifying {
  readonly customerId: string;
  /** UTC ms. */
  readonly at: number;
  readonly channel: DimValue;
  readonly region: DimValue;
  readonly campaign: DimValue;
}
