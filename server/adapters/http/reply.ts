/**
 * What a route answers, as a value. Handlers build these and never touch the
 * socket, so that every answer leaves through one place with the same headers.
 */
import { STATUS_CODES } from 'node:http';
import type { Refusal } from '../../pipeline/ports/refusal.ts';

export interface Reply {
  readonly kind: 'reply';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export function isReply(value: unknown): value is Reply {
  return typeof value === 'object' && value !== null && (value as Reply).kind === 'reply';
}

export function reply(status: number, contentType: string, body: string | Uint8Array, headers: Record<string, string> = {}): Reply {
  return { kind: 'reply', status, headers: { ...headers, 'content-type': contentType }, body };
}

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  return reply(status, 'application/json; charset=utf-8', JSON.stringify(value), headers);
}

export interface ProblemMore {
  /** Where the fault lies: a field such as `targets[0].value`, or a parameter's name. */
  readonly path?: string;
  readonly present?: unknown;
  readonly headers?: Record<string, string>;
  /** Id under which the log knows more. */
  readonly instance?: string;
}

/**
 * A problem document (RFC 9457). `type` is `about:blank`, whose title is the status
 * phrase; `code` is the stable part for programs, `detail` the sentence for people.
 */
export function problem(status: number, code: string, detail: string, more: ProblemMore = {}): Reply {
  const document = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    code,
    ...(more.path === undefined ? {} : { path: more.path }),
    ...(more.present === undefined ? {} : { present: more.present }),
    ...(more.instance === undefined ? {} : { instance: more.instance }),
  };
  return reply(status, 'application/problem+json; charset=utf-8', JSON.stringify(document), more.headers);
}

/** Nothing of the request was taken, and the same request is welcome a moment later [I13]. */
export function overloaded(detail: string): Reply {
  return problem(429, 'overloaded', `${detail}; nothing of this was taken`, { headers: { 'retry-after': '1' } });
}

export function refused(refusal: Refusal): Reply {
  return problem(refusal.status, refusal.code, refusal.detail, {
    ...(refusal.path === undefined ? {} : { path: refusal.path }),
    ...(refusal.present === undefined ? {} : { present: refusal.present }),
  });
}
