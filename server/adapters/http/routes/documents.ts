/** The server describes itself: OpenAPI, AsyncAPI, and a page for people. */
import type { KafkaConfig } from '../../../config/kafka.ts';
import { asyncApi } from '../docs/asyncapi.ts';
import { openApi } from '../docs/openapi.ts';
import { docsPage, docsStyle } from '../docs/page.ts';
import { reply } from '../reply.ts';
import type { Route } from '../route.ts';

export interface DocumentParts {
  readonly build: string;
  readonly kafka: KafkaConfig | null;
  /** Address for examples, without a trailing slash. */
  readonly origin: () => string;
  /** Font faces of the built client as CSS, so that Chinese is read on machines without a font for it. */
  readonly fonts: () => string;
}

const anyDocument = { type: 'object' } as const;

/** @param others the routes to describe besides these */
export function documentRoutes(others: readonly Route[], { build, kafka, origin, fonts }: DocumentParts): readonly Route[] {
  const page = (path: string, operationId: string, summary: string, type: string, body: () => string): Route => ({
    method: 'GET',
    path,
    tag: 'documents',
    operationId,
    summary,
    answers: { 200: { [type]: { description: summary, schema: type === 'application/json' ? anyDocument : { type: 'string' } } } },
    problems: [],
    handle: async () => reply(200, `${type}; charset=utf-8`, body()),
  });
  const own: Route[] = [
    page('/openapi.json', 'getOpenApi', 'This API as OpenAPI 3.1.', 'application/json', () => openApiText()),
    page('/asyncapi.json', 'getAsyncApi', 'The Kafka topics and their events as AsyncAPI 3.', 'application/json', () =>
      JSON.stringify(asyncApi(kafka, build)),
    ),
    page('/docs', 'getDocs', 'This API as a page.', 'text/html', () => docsPage(openApi([...others, ...own], build), origin())),
    page('/docs/style.css', 'getDocsStyle', 'The look of that page.', 'text/css', () => fonts() + docsStyle),
  ];
  // Schemas take some milliseconds to print and never change while the process lives.
  let printed: string | undefined;
  const openApiText = () => (printed ??= JSON.stringify(openApi([...others, ...own], build)));
  return own;
}
