/**
 * The HTTP edge. A request passes: identity and
 * time of arrival → headers of every answer → guard → route → one `send`.
 * Start, run, drain: `stop` takes no new connections and lets the open answers finish.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type Request, type Response } from 'express';
import type { Config } from '../../config.ts';
import type { Logger } from '../../pipeline/ports/logger.ts';
import type { Metrics } from '../../pipeline/ports/metrics.ts';
import type { ClockPort } from '../../pipeline/ports/clock.ts';
import type { Services } from '../../pipeline/services/services.ts';
import { readBody } from './body.ts';
import { clientFiles, clientPage, fontFaces, isPage } from './client-files.ts';
import { problemOfError } from './errors.ts';
import { guard } from './guard.ts';
import { createInFlight } from './in-flight.ts';
import { type HttpLimits, httpLimits } from './limits.ts';
import { drain, listen, urlOf } from './listening.ts';
import { unknownParameter } from './query.ts';
import { isReply, overloaded, problem, type Reply } from './reply.ts';
import type { Route, RouteRequest } from './route.ts';
import { allRoutes } from './routes.ts';
import { securityHeaders } from './security-headers.ts';

export interface HttpParts {
  /** The services of the workspace shown at the time of the call. */
  readonly services: () => Services;
  readonly config: Pick<Config, 'host' | 'publicUrl' | 'kafka'>;
  readonly clock: ClockPort;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** The page of /metrics. */
  readonly exposition: () => Promise<{ readonly contentType: string; readonly text: string }>;
  readonly newId: () => string;
  /** Folder of the built client. */
  readonly staticDir: string;
  readonly build: string;
  /** Other bounds than `httpLimits`, for tests. */
  readonly limits?: Partial<HttpLimits>;
  /** Called once per error nobody foresaw, after the client got its 500: the process should end (style rule 4). */
  readonly onBug: (error: unknown) => void;
}

export interface HttpServer {
  /** For sockets to attach to, before `start`. */
  readonly server: Server;
  readonly routes: readonly Route[];
  /** Resolves with the address once listening; rejects with a sentence when the port is taken. 0 = any free port. */
  start(port: number): Promise<{ readonly port: number; readonly url: string }>;
  /** Ends open answers after `graceMs`. Safe to call twice. */
  stop(graceMs?: number): Promise<void>;
}

/** Slow senders: a head takes at most 10 s, a whole request 60 s. */
const HEAD_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 60_000;
const MAX_HEAD_BYTES = 16_384;
const GRACE_MS = 5_000;
/** Answers up to here are not counted: there are at most as many as connections. */
const SMALL_ANSWER = 4_096;
/** In numbers and log only: nginx' code for a client that left before its answer. */
const CLIENT_WENT_AWAY = 499;

interface Arrival {
  readonly id: string;
  readonly at: number;
  readonly started: number;
}

export function createHttpServer(parts: HttpParts): HttpServer {
  const { config, clock, logger, metrics, onBug } = parts;
  const origin = () => config.publicUrl ?? urlOf(config.host, (server.address() as AddressInfo | null)?.port ?? 0);
  const routes = allRoutes({ ...parts, kafka: config.kafka, origin, fonts: () => fontFaces(parts.staticDir, 'Noto Sans SC') });
  const limits = { ...httpLimits, ...parts.limits };
  const inFlight = createInFlight(limits);
  const arrivals = new WeakMap<Request, Arrival>();
  const always = { ...securityHeaders(config.publicUrl), 'x-build': parts.build };

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  app.enable('strict routing');
  // Queries are read by our own schemas: qs builds objects from `a[b]=c` that nothing asked for.
  app.set('query parser', false);

  app.use((request, response, next) => {
    const arrival = { id: parts.newId(), at: clock.now(), started: clock.monotonic() };
    arrivals.set(request, arrival);
    for (const [name, value] of Object.entries(always)) response.setHeader(name, value);
    response.setHeader('x-request-id', arrival.id);
    response.on('close', () => {
      const route = (response.locals['route'] as string | undefined) ?? 'other';
      const seconds = (clock.monotonic() - arrival.started) / 1_000;
      const status = response.headersSent ? response.statusCode : CLIENT_WENT_AWAY;
      metrics.request(request.method, route, status, seconds);
      logger.debug({ requestId: arrival.id, method: request.method, route, status, seconds }, 'request');
    });
    const refusal = guard(request, config.publicUrl);
    if (refusal) send(response, refusal);
    else next();
  });

  for (const route of routes) {
    app.route(route.path)[route.method === 'GET' ? 'get' : route.method === 'PUT' ? 'put' : 'post'](async (request, response) => {
      response.locals['route'] = route.path;
      const arrival = arrivals.get(request);
      if (!arrival) throw new Error('a request passed by the first step');
      // Whoever asks whether the server is well gets an answer, however much there is to do.
      let free = route.tag === 'operations' ? () => undefined : inFlight.takeRequest();
      if (!free) return send(response, tooMany());
      const answered = new Promise<void>((resolve) => response.once('close', resolve));
      const body = async (limit: number): Promise<Uint8Array | Reply> => {
        free?.();
        const bytes = await readBody(request, limit, { inFlight, limits, address: addressOf(request, config.publicUrl), answered });
        free = inFlight.takeRequest();
        return free || isReply(bytes) ? bytes : tooMany();
      };
      try {
        const asked = requestOf(request, arrival, body);
        const reply = unknownParameter(route, asked.query) ?? (await route.handle(asked));
        const size = Buffer.byteLength(reply.body);
        const taken = size <= SMALL_ANSWER ? () => undefined : inFlight.takeAnswer(size);
        if (!taken) return send(response, overloaded('more answers wait for their clients than can be held'));
        void answered.then(taken);
        if (size > SMALL_ANSWER) response.setTimeout(limits.answerIdleMs, () => response.destroy());
        send(response, reply);
      } finally {
        free?.();
      }
    });
  }
  for (const [path, methods] of methodsByPath(routes)) {
    app.all(path, (_request, response) => {
      response.locals['route'] = path;
      send(response, problem(405, 'method_not_allowed', `this address takes ${methods}`, { headers: { allow: methods } }));
    });
  }
  app.use(clientFiles(parts.staticDir));
  app.use((request, response) => {
    if (!isPage(request.method, request.path, request.headers.accept))
      return send(response, problem(404, 'not_found', 'there is nothing at this address; see /docs'));
    response.locals['route'] = 'page';
    return send(response, clientPage(parts.staticDir, parts.build));
  });
  const onError: ErrorRequestHandler = (error: unknown, request, response, _next) => {
    const id = arrivals.get(request)?.id ?? '';
    const { reply, isBug } = problemOfError(error, id);
    if (isBug) logger.error({ requestId: id, method: request.method, route: response.locals['route'], error }, 'a request met a bug');
    else logger.debug({ requestId: id, error }, 'a request was refused');
    if (response.headersSent) response.destroy();
    else send(response, reply);
    if (isBug) onBug(error);
  };
  app.use(onError);

  const server = createServer(
    {
      headersTimeout: HEAD_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: 2_000,
      maxHeaderSize: MAX_HEAD_BYTES,
      keepAliveTimeout: 10_000,
    },
    app,
  );
  server.maxConnections = limits.connections;

  return {
    server,
    routes,
    start: (port) => listen(server, config.host, port),
    stop: (graceMs = GRACE_MS) => drain(server, graceMs),
  };
}

const tooMany = (): Reply => overloaded('more requests are being worked on than can be answered in time');

/** Behind a proxy (`PUBLIC_URL`) the client the proxy names last; it only decides about shares of the room. */
function addressOf(request: Request, publicUrl: string | null): string {
  const named = publicUrl === null ? undefined : request.headers['x-forwarded-for'];
  const last = (Array.isArray(named) ? named.at(-1) : named)?.split(',').at(-1)?.trim();
  return last || (request.socket.remoteAddress ?? '');
}

function requestOf(request: Request, arrival: Arrival, body: RouteRequest['body']): RouteRequest {
  const question = request.url.indexOf('?');
  return {
    id: arrival.id,
    receivedAt: arrival.at,
    params: request.params as Record<string, string>,
    query: new URLSearchParams(question === -1 ? '' : request.url.slice(question + 1)),
    header(name) {
      const value = request.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
    rawHeaders: request.rawHeaders,
    body,
  };
}

function send(response: Response, reply: Reply): void {
  response.statusCode = reply.status;
  response.setHeader('cache-control', 'no-store');
  for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value);
  response.setHeader('content-length', Buffer.byteLength(reply.body));
  response.end(reply.body);
}

function methodsByPath(routes: readonly Route[]): ReadonlyMap<string, string> {
  const methods = new Map<string, string>();
  for (const { path, method } of routes) {
    const known = methods.get(path);
    methods.set(path, [...(known === undefined ? [] : [known]), method === 'GET' ? 'GET, HEAD' : method].join(', '));
  }
  return methods;
}
