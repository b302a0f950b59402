/** Spikes as they are stored, for the transaction as for the reads. */
import type { BrandSpike } from '../../domain/severity/spikes.ts';
import { numberIn, numberOrNullIn, textIn } from './row-values.ts';

/** The newest spike of each brand. */
export const newestSpikes = `select s.* from spikes s
  where s.started_at = (select max(n.started_at) from spikes n where n.brand = s.brand) order by s.brand`;

export function spikeOf(row: Readonly<Record<string, unknown>>): BrandSpike {
  return {
    brand: textIn(row, 'brand'),
    startedAt: numberIn(row, 'started_at'),
    endedAt: numberOrNullIn(row, 'ended_at'),
    foundAt: numberIn(row, 'found_at'),
    negative: numberIn(row, 'negative'),
    total: numberIn(row, 'total'),
    usual: numberIn(row, 'usual'),
  };
}
