/** Who was called about a story and who is next: the last messages and the coming steps of its ladder, by time. */
import type { MessageView } from '../../../shared/incidents/messages.ts';
import type { CallRow } from '../../../shared/wire/views/sentiment.ts';

interface ToCome {
  readonly at: number;
  readonly roles: CallRow['roles'];
  readonly people: readonly { readonly name: string; readonly reachable: boolean; readonly roles: CallRow['roles'] }[];
}

function stateOf({ state, attempts }: Pick<MessageView, 'state' | 'attempts'>): CallRow['state'] {
  if (state === 'sent') return 'delivered';
  if (state === 'dead') return 'failed';
  if (state === 'dropped') return 'dropped';
  return attempts.some(({ outcome }) => outcome === 'failed' || outcome === 'refused') ? 'retrying' : 'sending';
}

/** @param kindOf the kind of a channel by its id */
export function sentRow(message: MessageView, kindOf: (id: string) => CallRow['channel']): CallRow {
  const { person, createdAt, attempts, contacts, channel, dry } = message;
  return {
    at: attempts[0]?.at ?? createdAt,
    who: person?.name ?? null,
    roles: [],
    state: stateOf(message),
    channel: channel === null ? null : kindOf(channel),
    reachable: dry || contacts.length > 0,
    dry,
  };
}

/** One row a person, with the roles this person holds; one for nobody, with the roles that are called, where nobody is there. */
function comingRows({ at, roles, people }: ToCome, dry: boolean): readonly CallRow[] {
  const planned = { at, roles, state: 'planned', channel: null, dry } as const;
  if (people.length === 0) return [{ ...planned, who: null, reachable: false }];
  return people.map(({ name, ...person }) => ({ ...planned, ...person, who: name }));
}

/**
 * At most `max` rows. What comes next has half of them, or what is left of the last messages; the first step to come is never
 * left out.
 * @param sent newest first
 */
export function callRows(
  sent: readonly CallRow[],
  coming: readonly ToCome[],
  dry: boolean,
  max: number,
): { readonly rows: readonly CallRow[]; readonly shown: number } {
  const next = coming.flatMap((step) => comingRows(step, dry));
  const forNext = Math.min(next.length, Math.max(Math.ceil(max / 2), max - sent.length));
  const earlier = sent.slice(0, max - forNext).toReversed();
  return { rows: [...earlier, ...next.slice(0, forNext)], shown: forNext };
}
