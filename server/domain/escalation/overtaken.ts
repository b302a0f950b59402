/** Whether a message that waited still tells something people have to act on. */
import type { AlertContent } from '../../../shared/incidents/alert.ts';
import { generationOf } from '../incidents/clocks.ts';
import type { Incident } from '../incidents/types.ts';

/** What happened to the story meanwhile that makes the message pointless; null while it is due. A breach and its withdrawal are facts people hear of. */
export function overtakenBy({ reason, generation }: Pick<AlertContent, 'reason' | 'generation'>, incident: Incident): string | null {
  if (reason === 'breached' || reason === 'withdrawn') return null;
  const { status } = incident;
  if (status === 'resolved' || status === 'false_alarm' || status === 'merged') return 'the story was closed meanwhile';
  if (generation !== null && generation < generationOf(incident)) return 'the story was closed and opened again meanwhile';
  if (status === 'responded' && (reason === 'unclaimed' || reason === 'unanswered' || reason === 'nudge'))
    return 'the story was answered meanwhile';
  return status === 'claimed' && reason === 'unclaimed' ? 'the story was claimed meanwhile' : null;
}
