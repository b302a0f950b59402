/** Sends a file of events, one a line, as a program would. */
import { ask, type Answer } from '../wire/ask.ts';

const kinds = ['accepted', 'duplicate', 'quarantined', 'rejected'] as const;
type Counts = Readonly<Record<(typeof kinds)[number], number>>;
export type Sent = { readonly outcome: 'ok'; readonly counts: Counts } | { readonly outcome: 'failed'; readonly why: string };

interface Results {
  readonly results: readonly { readonly outcome: string }[];
}

export async function sendEvents(file: Blob, post: (body: Blob) => Promise<Answer<Results>> = postEvents): Promise<Sent> {
  const answer = await post(file);
  if (answer.outcome !== 'ok') return { outcome: 'failed', why: answer.outcome === 'unreachable' ? '' : answer.problem.detail };
  const count = (kind: string): number => answer.value.results.filter(({ outcome }) => outcome === kind).length;
  // A conflict keeps the first to come, as a repeat does.
  return {
    outcome: 'ok',
    counts: {
      accepted: count('accepted'),
      duplicate: count('duplicate') + count('id_conflict'),
      quarantined: count('quarantined'),
      rejected: count('rejected'),
    },
  };
}

const postEvents = (body: Blob): Promise<Answer<Results>> =>
  ask('/api/events', { body: new Blob([body], { type: 'application/x-ndjson' }) });
