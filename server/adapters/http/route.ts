/**
 * One route: its address, its handler and its description. The router and `/openapi.json` are made
 * from the same list of routes, so neither can lack one.
 */
import type * as z from 'zod';
import type { Reply } from './reply.ts';

export interface RouteRequest {
  /** A random id, which the answer carries as `x-request-id` and the log contains. */
  readonly id: string;
  /** The time of the server's clock when the head of the request arrived, before its body was read [T6]. UTC ms. */
  readonly receivedAt: number;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The value of a header, by its name in lower case; undefined when absent. */
  header(name: string): string | undefined;
  /** Header names and values in turn, as they were sent; only here repeated headers can be seen. */
  readonly rawHeaders: readonly string[];
  /** The whole body, or the refusal of a body that is over `limit` bytes, compressed, or cut off. May be called once. */
  body(limit: number): Promise<Uint8Array | Reply>;
}

export interface DocumentedBody {
  readonly description: string;
  readonly schema: z.ZodType | Readonly<Record<string, unknown>>;
  /** A value that is valid under `schema`, which a test checks. */
  readonly example?: unknown;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** For example `/api/incidents/:id`. */
  readonly path: string;
  readonly tag: 'events' | 'kpis' | 'targets and policies' | 'incidents' | 'quarantine' | 'screens' | 'operations' | 'documents';
  readonly operationId: string;
  readonly summary: string;
  /** Descriptions of the `:params`. */
  readonly params?: Readonly<Record<string, { readonly description: string; readonly example: string; readonly enum?: readonly string[] }>>;
  /** The query parameters, one field each; parameters of array fields may repeat. */
  readonly query?: z.ZodObject;
  /** The accepted bodies by media type. */
  readonly requestBody?: Readonly<Record<string, DocumentedBody>>;
  readonly optionalBody?: true;
  /** The successful answers by status and media type. */
  readonly answers: Readonly<Record<number, Readonly<Record<string, DocumentedBody>>>>;
  /** Statuses of the problem documents that this route may answer with, in addition to those of every route. */
  readonly problems: readonly number[];
  handle(request: RouteRequest): Promise<Reply>;
}
