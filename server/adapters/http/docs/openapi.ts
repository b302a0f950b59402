/**
 * The OpenAPI 3.1 document, made from the very list of routes the router is made
 * from. Request schemas are what callers may write, answer schemas what they get.
 */
import { STATUS_CODES } from 'node:http';
import * as z from 'zod';
import { eventSchema } from '../../../../shared/events/json-schema.ts';
import { eventDefinitions } from '../../../../shared/events/registry.ts';
import { isRepeatable } from '../query.ts';
import type { DocumentedBody, Route } from '../route.ts';
import { problemDocument } from '../schemas/operations.ts';

type Json = Readonly<Record<string, unknown>>;

/** Problems the edge itself answers with, whatever the route. */
const everywhere = [403, 429, 500];
const withBody = [408];

export function openApi(routes: readonly Route[], build: string): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) (paths[openPath(route.path)] ??= {})[route.method.toLowerCase()] = operation(route);
  return {
    openapi: '3.1.0',
    info: {
      title: '营销作战室',
      version: build,
      license: { name: 'MIT', identifier: 'MIT' },
      description:
        'Events in, numbers and incidents out. Money in minor units, instants of answers in UTC milliseconds unless they say otherwise.',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: {
        Problem: schemaOf(problemDocument, 'output'),
        ...Object.fromEntries(eventDefinitions.map((definition) => [definition.type, eventSchema(definition)])),
      },
    },
  };
}

/** `/a/:b` → `/a/{b}` */
export function openPath(path: string): string {
  return path.replace(/:([A-Za-z]+)/g, '{$1}');
}

function operation(route: Route): Json {
  return {
    operationId: route.operationId,
    summary: route.summary,
    tags: [route.tag],
    parameters: [...pathParameters(route), ...queryParameters(route)],
    ...(route.requestBody === undefined ? {} : { requestBody: { required: true, content: content(route.requestBody, 'input') } }),
    responses: responses(route),
  };
}

function pathParameters(route: Route): readonly Json[] {
  return Object.entries(route.params ?? {}).map(([name, param]) => ({
    name,
    in: 'path',
    required: true,
    description: param.description,
    schema: { type: 'string', ...(param.enum === undefined ? {} : { enum: param.enum }) },
    example: param.example,
  }));
}

function queryParameters(route: Route): readonly Json[] {
  return Object.entries(route.query?.shape ?? {}).map(([name, field]) => {
    const { description, example, ...schema } = schemaOf(field as z.ZodType, 'input');
    return {
      name,
      in: 'query',
      required: !(field as z.ZodType).safeParse(undefined).success,
      ...(description === undefined ? {} : { description }),
      ...(isRepeatable(field) ? { style: 'form', explode: true } : {}),
      schema,
      ...(example === undefined ? {} : { example }),
    };
  });
}

function responses(route: Route): Json {
  const all: Record<string, { description: string; content: Record<string, unknown> }> = {};
  for (const [status, body] of Object.entries(route.answers)) {
    all[status] = { description: Object.values(body)[0]?.description ?? '', content: content(body, 'output') };
  }
  for (const status of [...route.problems, ...everywhere, ...(route.requestBody === undefined ? [] : withBody)]) {
    const known = (all[status] ??= { description: STATUS_CODES[status] ?? 'Problem', content: {} });
    known.content['application/problem+json'] = { schema: { $ref: '#/components/schemas/Problem' } };
  }
  return all;
}

function content(bodies: Readonly<Record<string, DocumentedBody>>, io: 'input' | 'output'): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(bodies).map(([type, body]) => [
      type,
      {
        schema: body.schema instanceof z.ZodType ? schemaOf(body.schema, io) : body.schema,
        ...(body.example === undefined ? {} : { example: body.example }),
      },
    ]),
  );
}

export function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io }) as Record<string, unknown>;
  return rest;
}
