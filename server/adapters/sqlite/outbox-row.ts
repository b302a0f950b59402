/** A row of the outbox as the dispatcher works on it. */
import { alertContent, urgencies } from '../../../shared/incidents/alert.ts';
import type { Contact, MessageState, OutboxRow } from '../../pipeline/ports/outbox.ts';
import { numberIn, numberOrNullIn, textIn, textOrNullIn } from './row-values.ts';

type AnyRow = Readonly<Record<string, unknown>>;

const states: readonly string[] = ['waiting', 'sending', 'held', 'sent', 'dead', 'dropped'] satisfies readonly MessageState[];
const isState = (text: string): text is MessageState => states.includes(text);

export function outboxRowOf(row: AnyRow): OutboxRow {
  const state = textIn(row, 'state');
  const urgency = urgencies[numberIn(row, 'urgency')];
  if (!isState(state) || urgency === undefined) throw new Error(`message ${String(row['id'])} holds an unknown state or urgency`);
  const personId = textOrNullIn(row, 'person_id');
  const contacts: readonly Contact[] = JSON.parse(textIn(row, 'contacts'));
  const refused: readonly number[] = JSON.parse(textIn(row, 'refused'));
  return {
    id: numberIn(row, 'id'),
    key: textIn(row, 'key'),
    incidentId: textOrNullIn(row, 'incident_id'),
    step: textIn(row, 'step'),
    urgency,
    person: personId === null ? null : { id: personId, name: textOrNullIn(row, 'person_name') ?? personId },
    contacts,
    content: alertContent.parse(JSON.parse(textIn(row, 'content'))),
    dry: numberIn(row, 'dry') === 1,
    createdAt: numberIn(row, 'created_at'),
    since: numberIn(row, 'since'),
    state,
    channel: textIn(row, 'channel'),
    address: textIn(row, 'address'),
    turn: numberIn(row, 'turn'),
    turnEndsAt: numberOrNullIn(row, 'turn_ends_at'),
    refused,
    tries: numberIn(row, 'tries'),
    nextAt: numberOrNullIn(row, 'next_at'),
    isDigest: numberIn(row, 'is_digest') === 1,
    digestId: numberOrNullIn(row, 'digest_id'),
    endedAt: numberOrNullIn(row, 'ended_at'),
    reason: textOrNullIn(row, 'reason'),
  };
}
