/**
 * How alerts leave the building: the channels people configured, what sends over them, and links that acknowledge.
 * An adapter implements the sender; the outbox decides what is sent, when, and what happens after a failure.
 */
import type { ChannelOptions, channelKinds } from '../../../shared/incidents/channels.ts';
import type { AlertContent } from '../../../shared/incidents/alert.ts';

export type ChannelKind = (typeof channelKinds)[number];

/** A channel with its secrets in clear: it exists in memory only, and no log, error or answer may hold one. */
export interface StoredChannel {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly url: string | null;
  readonly secret: string | null;
  readonly options: ChannelOptions;
  readonly enabled: boolean;
}

export interface OutgoingAlert {
  /** Travels with every try, so that a receiver can tell a repeat [N2]. */
  readonly idempotencyKey: string;
  readonly incidentId: string | null;
  readonly content: AlertContent;
  /** Whole address of the page the message leads to. */
  readonly link: string | null;
  /** Whole address of the page that claims the incident for the person. */
  readonly ackLink: string | null;
  /** UTC ms; the time left is counted from here. */
  readonly now: number;
  /** Where the person is reached within the channel: a mail address, a mobile number, a user’s id. */
  readonly address: string | null;
  /** Whom the alert is for; `push` looks for the subscriptions of this person. */
  readonly person?: { readonly id: string; readonly name: string } | null;
  /** What a digest lists. */
  readonly items?: readonly AlertContent[];
}

/** `said`: the provider’s answer in words, without anything secret. `status`: HTTP status or SMTP code; null when there was no answer. */
export type SendOutcome =
  | { readonly ok: true; readonly status: number | null; readonly said: string }
  | {
      readonly ok: false;
      /** Sending the same again cannot help [N3]. */
      readonly permanent: boolean;
      readonly status: number | null;
      readonly said: string;
      readonly retryAfterMs?: number;
    };

/** How much a provider takes of one channel; whoever sends stays below. */
export interface ChannelQuota {
  readonly perMinute: number;
  readonly perSecond?: number;
}

export interface ChannelSender {
  /** Never rejects, and answers within ten seconds. */
  send(channel: StoredChannel, alert: OutgoingAlert): Promise<SendOutcome>;
  quotaOf(kind: ChannelKind, options: ChannelOptions): ChannelQuota;
  /** How many of these items, from the first one on, one message of the channel lists by code and title. */
  fits(channel: StoredChannel, items: readonly AlertContent[]): number;
}

export interface ChannelBook {
  /** Every channel whose secrets can be read, in the order people gave them; kept in memory between changes. */
  all(): Promise<readonly StoredChannel[]>;
}

export interface AckPerson {
  readonly id: string;
  readonly name: string;
}
/** What a link that acknowledges says; `link` names this one link and is the command’s id when it claims. */
export type AckReading =
  | { readonly state: 'valid' | 'expired'; readonly link: string; readonly incidentId: string; readonly person: AckPerson }
  /** Not signed by this workspace. */
  | { readonly state: 'wrong' };

/** Links that claim an incident for one person: signed, single-use and short-lived. */
export interface AckLinks {
  /** A path below the origin, such as `/ack/…`; valid for four hours from `now`. */
  pathOf(incidentId: string, person: AckPerson, now: number): string;
  read(token: string, now: number): AckReading;
}

/** A browser that asked to be told; where it is reached and the keys its messages are encrypted for. */
export interface PushSubscription {
  readonly id: string;
  readonly person: string;
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}
/** What signs messages to browsers (VAPID). */
export interface PushKeys {
  /** `https:` or `mailto:`, where a push service finds who sends. */
  readonly subject: string;
  readonly publicKey: string;
  readonly privateKey: string;
}
export interface PushBook {
  keys(): Promise<PushKeys>;
  /** Subscriptions of a person, by id or by name. */
  of(person: readonly string[]): Promise<readonly PushSubscription[]>;
  /** Forgets a subscription its browser has given up. */
  forget(id: string): Promise<void>;
}

/** What a kind of channel demands before it is kept: the field at fault and a sentence, or null. */
export interface ChannelChecks {
  check(channel: StoredChannel): { readonly path: string; readonly detail: string } | null;
  /** Why messages to browsers may not go to this address, or null. */
  checkEndpoint(endpoint: string): string | null;
}
