/** What an import says at its end. Each sentence is drawn from what is known in that case, and from nothing else. */
import type { Consumed } from './consumption.ts';
import { number, type Tally } from './tally.ts';

/** How many of each outcome the server answered. */
export function countsLine(tally: Tally): string {
  const { accepted, duplicate, quarantined, rejected } = tally.counts;
  return `${number(tally.total)} events: ${number(accepted)} accepted, ${number(duplicate)} duplicate, ${number(quarantined)} quarantined, ${number(rejected)} rejected`;
}

/** Of accepted ones, what folding made of them. `folded` is what the server consumed since before the first event was sent. */
export function outcomeLine({ counts, total }: Pick<Tally, 'counts' | 'total'>, folded: Consumed): string {
  if (total === 0) return 'There was no event to send.';
  if (counts.accepted > 0) return acceptedLine(counts, total, folded);
  if (counts.rejected === total) return 'Nothing was stored: every event was rejected.';
  if (counts.duplicate === total) return 'Nothing changed: all of it was known.';
  if (counts.duplicate === 0) return 'Nothing is counted of it.';
  return 'Nothing changed in what is counted: what is neither quarantined nor rejected was known.';
}

function acceptedLine({ accepted, duplicate }: Tally['counts'], total: number, folded: Consumed): string {
  const { applied, older, duplicate: known, quarantined } = folded;
  const records = applied + older + known + quarantined;
  const counted = accepted + duplicate === total && quarantined === 0 ? 'Everything is counted.' : 'All the rest is counted.';
  // Counters live in the server's memory: fewer means that it was started anew, more that others send too.
  if (records < accepted) return `${counted} The server was started anew meanwhile, so how much of it was new is not known.`;
  if (records > accepted) return `${counted} Other events came in meanwhile, so how much of it was new is not known.`;
  if (known === accepted) return `Nothing changed: all ${accepted === total ? 'of it' : 'that was accepted'} was known.`;
  const parts = [`${number(applied)} new`, `${number(known)} known`];
  if (older > 0) parts.push(`${number(older)} older versions kept as history`);
  if (quarantined > 0) parts.push(`${number(quarantined)} quarantined`);
  return `Folded: ${parts.join(', ')}. ${counted}`;
}
