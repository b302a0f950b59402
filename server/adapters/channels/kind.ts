/** What every kind of channel is made of: its limits, how it writes an alert, and how it reads the answer. */
import type * as z from 'zod';
import type { AlertMessage } from '../../domain/alerts/message.ts';
import type { ChannelKind, ChannelQuota, OutgoingAlert, SendOutcome, StoredChannel } from '../../pipeline/ports/channels.ts';
import type { HttpAnswer, HttpRequest } from './http-request.ts';

export interface Limits extends ChannelQuota {
  /** What the provider takes of the text it counts, in bytes of UTF-8. */
  readonly bytes: number;
}

/** An alert whose words are chosen. */
export interface ToldAlert extends OutgoingAlert {
  readonly message: AlertMessage;
}

/** What a channel needs to have before it can be kept. */
export interface Needs {
  readonly url: 'http' | 'smtp' | 'none';
  /** Why a secret cannot be used; null when it can. */
  secret(secret: string | null): string | null;
  readonly options: z.ZodType;
}

interface Kind {
  readonly kind: ChannelKind;
  readonly limits: Limits;
  readonly needs: Needs;
}

/** A kind whose message is one HTTP request. */
export interface HttpKind extends Kind {
  readonly via: 'http';
  /** @param at when it is sent, UTC ms: timestamps and signatures are made of it */
  compose(channel: StoredChannel, alert: ToldAlert, at: number): HttpRequest;
  /** @param at when it was sent, UTC ms */
  judge(answer: HttpAnswer, at: number): SendOutcome;
}

export const jsonRequest = (url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): HttpRequest => ({
  url,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(body),
});

export const noSecret = (secret: string | null): string | null => (secret === null ? null : 'this kind of channel has no secret');
export const anySecret = (): string | null => null;
