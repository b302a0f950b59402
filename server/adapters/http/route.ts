/**
 * One route: how it is reached, what it does, and how it is described. The router
 * and `/openapi.json` are both made from a list of these, so neither can lack one.
 */
import type * as z from 'zod';
import type { Reply } from './reply.ts';

export interface RouteRequest {
  /** Random; in the answer as `x-request-id` and in the log. */
  readonly id: string;
  /** Server clock when the request's head arrived, before any of its body was read [T6]. UTC ms. */
  readonly receivedAt: number;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** A header's value; undefined when absent. Lower-case name. */
  header(name: string): string | undefined;
  /** Header names and values as sent, alternating: the only place where repeats can be seen. */
  readonly rawHeaders: readonly string[];
  /** The whole body, or the refusal of one over `limit` bytes, compressed, or cut off. Call once. */
  body(limit: number): Promise<Uint8Array | Reply>;
}

export interface DocumentedBody {
  readonly description: string;
  readonly schema: z.ZodType | Readonly<Record<string, unknown>>;
  /** Valid under `schema`; a test checks it. */
  readonly example?: unknown;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** `/api/incidents/:id` */
  readonly path: string;
  readonly tag:
    | 'events'
    | 'kpis'
    | 'campaigns'
    | 'targets and policies'
    | 'incidents'
    | 'stand-up'
    | 'channels'
    | 'quarantine'
    | 'screens'
    | 'operations'
    | 'documents';
  readonly operationId: string;
  readonly summary: string;
  /** Descriptions of the `:params`. */
  readonly params?: Readonly<Record<string, { readonly description: string; readonly example: string; readonly enum?: readonly string[] }>>;
  /** Query parameters: one string field each; array fields may repeat. */
  readonly query?: z.ZodObject;
  /** By media type. */
  readonly requestBody?: Readonly<Record<string, DocumentedBody>>;
  readonly optionalBody?: true;
  /** Success answers by status, then media type. */
  readonly answers: Readonly<Record<number, Readonly<Record<string, DocumentedBody>>>>;
  /** Statuses of problem documents it may answer with, beside those every route has. */
  readonly problems: readonly number[];
  handle(request: RouteRequest): Promise<Reply>;
}
