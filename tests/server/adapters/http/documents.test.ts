import specs from '@asyncapi/specs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { eventDefinitions } from '../../../../shared/events/registry.ts';
import { openPath } from '../../../../server/adapters/http/docs/openapi.ts';
import { raw, type Rig, seed, startRig } from './rig.ts';

interface Body {
  readonly schema: object;
  readonly example?: unknown;
}
interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: object; example?: unknown }[];
  readonly requestBody?: { readonly content: Record<string, Body> };
  readonly responses: Record<string, { readonly content: Record<string, Body> }>;
}
interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, object> };
}

async function documentOf(rig: Rig): Promise<Document> {
  return JSON.parse((await raw(rig, 'GET', '/openapi.json')).body) as Document;
}
function validatorOf(document: Document) {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema({ $id: 'api', components: document.components });
  return (schema: object, value: unknown): string => {
    const local = JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"api#/components')) as object;
    const validate = ajv.compile(local);
    return validate(value) ? '' : ajv.errorsText(validate.errors);
  };
}
const operations = (document: Document) =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );

describe('/openapi.json', () => {
  it('is valid OpenAPI 3.1', async () => {
    const rig = await startRig();
    const result = await new Validator().validate(JSON.parse((await raw(rig, 'GET', '/openapi.json')).body) as Record<string, unknown>);
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
  });

  it('describes every route the router has, and no other', async () => {
    const rig = await startRig();
    const app = rig.http.server.listeners('request')[0] as unknown as {
      router: { stack: { route?: { path: string; methods: Record<string, boolean> } }[] };
    };
    // What takes every method is the 405 behind a path, not a route.
    const routed = app.router.stack
      .map(({ route }) => ({ path: openPath(route?.path ?? ''), methods: Object.keys(route?.methods ?? {}) }))
      .filter(({ methods }) => methods.length === 1)
      .map(({ path, methods }) => `${methods[0]?.toUpperCase()} ${path}`);
    const described = operations(await documentOf(rig)).map(({ path, method }) => `${method} ${path}`);
    expect(routed.length).toBeGreaterThan(20);
    expect(described.toSorted()).toEqual(routed.toSorted());
  });

  it('names operations once and describes every path parameter', async () => {
    const rig = await startRig();
    const all = operations(await documentOf(rig));
    expect(new Set(all.map((o) => o.operation.operationId)).size).toBe(all.length);
    for (const { path, operation } of all) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect(operation.parameters.filter((p) => p.in === 'path').map((p) => p.name)).toEqual(inPath);
    }
  });

  it('has examples that fit their schemas', async () => {
    const rig = await startRig();
    const document = await documentOf(rig);
    const check = validatorOf(document);
    let examples = 0;
    for (const { path, method, operation } of operations(document)) {
      const bodies = [operation.requestBody?.content ?? {}, ...Object.values(operation.responses).map((r) => r.content)].flatMap((c) =>
        Object.entries(c),
      );
      for (const [type, body] of bodies) {
        if (body.example === undefined) continue;
        examples++;
        expect(`${method} ${path} ${type}: ${check(body.schema, body.example)}`).toBe(`${method} ${path} ${type}: `);
      }
      for (const parameter of operation.parameters)
        if (parameter.example !== undefined) expect(check(parameter.schema, parameter.example)).toBe('');
    }
    for (const definition of eventDefinitions) {
      const schema = document.components.schemas[definition.type] as { examples: unknown[] };
      expect(check(schema, schema.examples[0])).toBe('');
    }
    expect(examples).toBeGreaterThan(10);
  });

  it('describes the answers the server really gives', async () => {
    const rig = await startRig();
    const document = await documentOf(rig);
    const check = validatorOf(document);
    const { incident, row } = await seed(rig);
    const fill: Record<string, string> = { '{name}': 'sla', '{view}': 'incidents', '{id}': incident, '{token}': 'not.ours' };
    let checked = 0;
    for (const { path, method, operation } of operations(document)) {
      const at = path.replace(/\{\w+\}/g, (name) => (path.startsWith('/api/quarantine') ? String(row) : (fill[name] ?? '')));
      const body = Object.entries(operation.requestBody?.content ?? {})[0];
      const query = path === '/api/kpis' ? '?grain=month&period=2026-11&by=channel' : '';
      const answer = await raw(
        rig,
        method,
        at + query,
        body ? { 'content-type': body[0] } : {},
        body?.[1].example === undefined ? '' : JSON.stringify(body[1].example),
      );
      const type = String(answer.headers['content-type']).split(';')[0] ?? '';
      const described = operation.responses[answer.status]?.content[type];
      if (!described) throw new Error(`${method} ${path} answered ${answer.status} ${type}, which is not described: ${answer.body}`);
      if (!type.endsWith('json')) continue;
      checked++;
      expect(`${method} ${path}: ${check(described.schema, JSON.parse(answer.body))}`).toBe(`${method} ${path}: `);
    }
    expect(checked).toBeGreaterThan(15);
  });
});

describe('/asyncapi.json', () => {
  const schema = specs.schemas['3.0.0'] as object;
  const valid = new Ajv({ strict: false, allErrors: true, validateFormats: false, meta: false, validateSchema: false }).compile(schema);

  it.each([
    ['without a broker', null],
    [
      'with one',
      {
        brokers: ['kafka-1:9092', 'kafka-2:9092'],
        clientId: 'c',
        groupId: 'g',
        ssl: null,
        sasl: { mechanism: 'plain' as const, username: 'u', password: 'CANARY' },
        topics: {
          sales: 'shop.orders',
          leads: 'marketing.leads',
          sentiment: 'marketing.sentiment',
          campaigns: 'marketing.campaigns',
          competitors: 'marketing.competitors',
        },
      },
    ],
  ])('is valid AsyncAPI 3 %s, and holds every event type', async (_name, kafka) => {
    const rig = await startRig({ kafka });
    const text = (await raw(rig, 'GET', '/asyncapi.json')).body;
    const document = JSON.parse(text) as {
      channels: Record<string, { address: string; messages: Record<string, unknown> }>;
    };
    expect(valid(document) ? [] : valid.errors?.slice(0, 3)).toEqual([]);
    expect(
      Object.values(document.channels)
        .flatMap((c) => Object.keys(c.messages))
        .toSorted(),
    ).toEqual(eventDefinitions.map((d) => d.type).toSorted());
    expect(document.channels['sales']?.address).toBe(kafka ? 'shop.orders' : 'marketing.sales');
    expect(text).not.toContain('CANARY');
  });
});

describe('/docs', () => {
  it('is a page of its own that needs no script, no inline style and no other host', async () => {
    const rig = await startRig();
    const page = await raw(rig, 'GET', '/docs');
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.body).not.toMatch(/<script|<style|style="|\son\w+=|<img|@import/i);
    const links = [...page.body.matchAll(/(?:href|src)="([^"]+)"/g)].map((match) => match[1] ?? '');
    for (const link of links) {
      if (link.startsWith('#')) expect(page.body).toContain(`id="${link.slice(1)}"`);
      else expect((await raw(rig, 'GET', link)).status).toBe(200);
    }
    const document = await documentOf(rig);
    for (const { operation } of operations(document)) expect(page.body).toContain(`id="${operation.operationId}"`);
    for (const definition of eventDefinitions) expect(page.body).toContain(`<code>${definition.type}</code>`);
  });

  it('shows calls that work when pasted', async () => {
    const rig = await startRig();
    const page = (await raw(rig, 'GET', '/docs')).body;
    expect(page).toContain(`curl &#39;${rig.url}/api/kpis?grain=month&amp;period=2026-11&#39;`);
    expect((await raw(rig, 'GET', '/api/kpis?grain=month&period=2026-11')).status).toBe(200);
  });
});
