/** The one list of families. A new one is its own file and a line here: folding, storing, asking and rebuilding follow. */
import type { Family } from './family.ts';
import { keywords } from './families/keywords.ts';
import { mentions } from './families/mentions.ts';
import { newCustomers } from './families/new-customers.ts';
import { organicVisits } from './families/organic-visits.ts';
import { sales } from './families/sales.ts';
import { spend } from './families/spend.ts';

export const families = { sales, newCustomers, mentions, keywords, spend, organicVisits } as const satisfies Readonly<
  Record<string, Family>
>;

export type FamilyName = keyof typeof families;
export type MeasureOf<F extends FamilyName> = (typeof families)[F]['measures'][number];
export type DimensionOf<F extends FamilyName> = (typeof families)[F]['dims'][number];

export const familyNames = Object.keys(families) as FamilyName[];

/**
 * Rises when rows of stored facts would come out otherwise than before (a changed reading, a mended fault): a ledger made
 * with another number is written anew from the facts. A changed list of families, dimensions or measures is noticed by itself.
 */
export const LEDGER_RULES = 1;
