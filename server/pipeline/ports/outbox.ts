/**
 * Messages on their way: what the store keeps of each, and how the dispatcher takes them and writes down what became
 * of them. A message has contacts in order of preference and one of them has its turn.
 */
import type { AlertContent, Urgency } from '../../../shared/incidents/alert.ts';

/** The channel of messages that never leave the house. */
export const DRY_END = '~dry';
/** How long a contact has its turn before the next contact of the person is tried [N5]. */
export const TURN_MS = 120_000;
export const NOBODY_TO_REACH = 'nobody can be reached';

export interface Contact {
  readonly channel: string;
  /** Of a channel that reaches many people, such as e-mail. */
  readonly address?: string;
}

/** One message for one person, or for nobody where nobody can be reached. */
export interface OutboxMessage {
  /** Idempotency key: (incident, generation, step, person). A repeat of a known key is the same message. */
  readonly key: string;
  readonly incidentId: string | null;
  /** What in the incident's course causes it, such as `opened`, `ladder:1` or `breach:response`. */
  readonly step: string;
  readonly urgency: Urgency;
  readonly person: { readonly id: string; readonly name: string } | null;
  /** Channel ids in order of preference; empty = nobody can be reached, which counts as undelivered at once. */
  readonly contacts: readonly Contact[];
  readonly content: AlertContent;
  /** Goes to a dry end and never to a provider: of drills and of the watchdog. */
  readonly dry: boolean;
  readonly createdAt: number;
}

/** `held`: a digest tells it. */
export type MessageState = 'waiting' | 'sending' | 'held' | 'sent' | 'dead';

/** Where a message stands: which contact has its turn and when the next attempt is due. Instants in UTC ms. */
export interface Standing {
  readonly state: MessageState;
  /** Channel and address of the contact whose turn it is; both empty where nobody can be reached. */
  readonly channel: string;
  readonly address: string;
  /** Index of that contact. */
  readonly turn: number;
  /** When the next contact takes its turn; null where there is no other. */
  readonly turnEndsAt: number | null;
  readonly nextAt: number | null;
  readonly endedAt: number | null;
  /** Why it is dead. */
  readonly reason: string | null;
}

/** Where a new message stands: the first contact has its turn at once. */
export function firstTurn({ contacts, dry, createdAt }: Pick<OutboxMessage, 'contacts' | 'dry' | 'createdAt'>): Standing {
  const none = { turn: 0, turnEndsAt: null, nextAt: null, endedAt: null, reason: null, address: '' };
  if (dry) return { ...none, state: 'waiting', channel: DRY_END, nextAt: createdAt };
  const [first, ...others] = contacts;
  if (first === undefined) return { ...none, state: 'dead', channel: '', endedAt: createdAt, reason: NOBODY_TO_REACH };
  const turnEndsAt = others.length > 0 ? createdAt + TURN_MS : null;
  return { ...none, state: 'waiting', channel: first.channel, address: first.address ?? '', turnEndsAt, nextAt: createdAt };
}
