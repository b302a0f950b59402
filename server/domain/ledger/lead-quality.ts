/** What decides whether a lead is valid (R8), as the ledger keeps it: one text, so that a question can ask for any rule. */
import type { DimValue } from '../dim-value.ts';

export interface LeadQuality {
  readonly reachable: boolean;
  readonly inArea: boolean;
  /** Times 24 h, rounded up, since the lead before it with the same contact; null where there is none. */
  readonly daysSinceSame: number | null;
}

/** For example `reachable inside first` and `unreachable outside 12`. */
export function leadQuality({ reachable, inArea, daysSinceSame }: LeadQuality): string {
  return `${reachable ? 'reachable' : 'unreachable'} ${inArea ? 'inside' : 'outside'} ${daysSinceSame ?? 'first'}`;
}

export function readLeadQuality(text: DimValue): LeadQuality {
  const [contact, area, days] = (text ?? '').split(' ');
  return {
    reachable: contact === 'reachable',
    inArea: area === 'inside',
    daysSinceSame: days === undefined || days === 'first' ? null : Number(days),
  };
}
