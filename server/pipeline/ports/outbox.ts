/**
 * Messages on their way: what the store keeps of each, and how the dispatcher takes them and writes down what became
 * of them. A message has contacts in order of preference and one of them has its turn.
 */
import type { AlertContent, Urgency } from '../../../shared/incidents/alert.ts';
import type { MessageView, MessageViewState } from '../../../shared/incidents/messages.ts';
import type { Page, PageQuery } from './page.ts';

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

/** `held`: a digest tells it. `dropped`: its story was taken care of before it could be sent. */
export type MessageState = 'waiting' | 'sending' | 'held' | 'sent' | 'dead' | 'dropped';

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
  /** Why it is dead or dropped. */
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

/** A message as the dispatcher works on it. */
export interface OutboxRow extends Omit<OutboxMessage, 'key'>, Standing {
  readonly id: number;
  readonly key: string;
  /** When it began to wait: at its making, or when somebody put it back into the queue. */
  readonly since: number;
  /** Indexes of contacts whose channel refused the message for good. */
  readonly refused: readonly number[];
  /** Attempts that failed since `since`; the pause before the next one grows with them. */
  readonly tries: number;
  readonly digestId: number | null;
  /** Tells what other rows hold and has no contacts of its own. */
  readonly isDigest: boolean;
}

/** What an attempt came to. `cut_off`: the process ended under it. */
export type AttemptOutcome = 'delivered' | 'refused' | 'failed' | 'cut_off';
export interface AttemptEnd {
  readonly outcome: AttemptOutcome;
  readonly at: number;
  readonly status: number | null;
  readonly said: string;
  /** Until when the channel is to be left alone, UTC ms. */
  readonly retryAt: number | null;
}

/** What the dispatcher does in a transaction. Every guard is a condition of the write itself. */
export interface OutboxTx {
  putOutbox(messages: readonly OutboxMessage[]): Promise<void>;
  /** Messages whose attempt was cut off, those of `alive` aside: their attempts end, and they are due at once. Resolves to how many. */
  resumeMessages(now: number, alive: readonly number[]): Promise<number>;
  /** After the clock was set back: nothing waits longer than the longest pause there is. Resolves to how many rows moved. */
  bringForward(now: number, longestMs: number): Promise<number>;
  /** Due messages of a channel, breaches first, at most `limit`. */
  dueMessages(channel: string, now: number, limit: number): Promise<readonly OutboxRow[]>;
  /** The same, and each becomes `sending` and its attempt is written down. */
  takeMessages(channel: string, now: number, limit: number): Promise<readonly OutboxRow[]>;
  /** Messages of a channel and urgency that wait on their own, due or not, the oldest first. */
  waitingMessages(channel: string, urgency: Urgency, limit: number): Promise<readonly OutboxRow[]>;
  /** Waiting messages whose contact’s turn is over. */
  turnsEnded(now: number, limit: number): Promise<readonly OutboxRow[]>;
  /** What a digest holds, in the order it tells it. */
  heldBy(digestId: number): Promise<readonly OutboxRow[]>;
  /** Writes where messages stand now. */
  putStandings(rows: readonly OutboxRow[]): Promise<void>;
  /** Ends the attempt under way of a message. */
  endAttempt(id: number, end: AttemptEnd): Promise<void>;
  /** Remembers that a channel took a message. */
  markDelivered(channel: string, at: number): Promise<void>;
  /** Messages of a channel that wait for another attempt are due at once. */
  wakeChannel(channel: string, now: number): Promise<void>;
  /** Makes a digest of waiting rows of one channel and address, which it then holds; resolves to its id. */
  putDigest(digest: OutboxMessage, standing: Standing, held: readonly number[]): Promise<number>;
  /** dead → waiting, with who and why; false = not dead. */
  requeueMessage(id: number, at: number, actor: string, reason: string): Promise<boolean>;
}

/** What the dispatcher looks at between two transactions; costs the same however many messages wait. */
export interface OutboxHead {
  /** The earliest due moment and the earliest end of a turn among waiting messages; null without any. */
  readonly nextAt: number | null;
  readonly nextTurnEnd: number | null;
  /** Channels with waiting messages. */
  readonly channels: readonly string[];
  /** Since when the longest-waiting message waits, dry ones aside. */
  readonly undeliveredSince: number | null;
  readonly deliveredAt: number | null;
  /** The last that became dead, dry ones aside. */
  readonly lastDead: { readonly at: number; readonly nobody: boolean } | null;
}
/** Absent = any. */
export interface MessageFilter {
  readonly state?: MessageViewState;
  readonly incidentId?: string;
}
export interface OutboxReads {
  /** How many clocks and steps of the ladder that were due by `by` have not fired. */
  overdue(by: number): Promise<number>;
  /** Story keys of the watchdog's stories that are open. */
  watchdogStories(): Promise<readonly string[]>;
  /** Newest first. */
  messages(query: PageQuery & MessageFilter): Promise<Page<MessageView>>;
  message(id: number): Promise<MessageView | undefined>;
  outboxHead(): Promise<OutboxHead>;
  /** How many messages of each urgency wait on their own for a channel, counted up to `upTo` each. */
  outboxBacklog(channel: string, upTo: number): Promise<Readonly<Record<Urgency, number>>>;
  /** What a channel did before this process: its last attempt, and until when it asked to be left alone. */
  outboxChannel(channel: string, now: number): Promise<{ readonly lastAttemptAt: number | null; readonly retryAt: number | null }>;
  /** Waiting messages by channel, and how many are dead. */
  outboxSizes(): Promise<{ readonly waiting: Readonly<Record<string, number>>; readonly dead: number }>;
}
