/** The one list of families. A new one is its own file and a line here: folding, storing, asking and rebuilding follow. */
import type { FactKind } from '../../../shared/events/define.ts';
import type { Family } from './family.ts';
import { audience } from './families/audience.ts';
import { engagement } from './families/engagement.ts';
import { keywords } from './families/keywords.ts';
import { leads } from './families/leads.ts';
import { mentions } from './families/mentions.ts';
import { newCustomers } from './families/new-customers.ts';
import { organicVisits } from './families/organic-visits.ts';
import { sales } from './families/sales.ts';
import { spend } from './families/spend.ts';

export const families = {
  sales,
  newCustomers,
  mentions,
  keywords,
  spend,
  organicVisits,
  leads,
  engagement,
  audience,
} as const satisfies Readonly<Record<string, Family>>;

export type FamilyName = keyof typeof families;
export type MeasureOf<F extends FamilyName> = (typeof families)[F]['measures'][number];
export type DimensionOf<F extends FamilyName> = (typeof families)[F]['dims'][number];

export const familyNames = Object.keys(families) as FamilyName[];

/** Kinds of facts that have rows of their own, whatever they are joined to. */
export const kindsWithRows: ReadonlySet<FactKind> = new Set(
  familyNames.flatMap((name): readonly FactKind[] => {
    const { entity, facts } = families[name];
    return entity === 'fact' || entity === 'versions' ? facts : [];
  }),
);

/**
 * Rises when rows of stored facts would come out otherwise than before (a changed reading, a mended fault): a ledger made
 * with another number is written anew from the facts. A changed list of families, dimensions or measures is noticed by itself.
 */
export const LEDGER_RULES = 1;
