/**
 * The machine-readable contract: JSON Schema of every event, made from the very
 * schemas that decode it. /asyncapi.json and /openapi.json are built around it.
 */
import * as z from 'zod';
import { eventDefinitions } from './registry.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;
type Definition = (typeof eventDefinitions)[number];

/** JSON Schema (2020-12) of one type's `data`, as senders may write it. */
export function dataSchema(definition: Definition): JsonSchema {
  // Rules over several fields have no JSON Schema; the decoder states them in its answers.
  const { $schema: _, ...schema } = z.toJSONSchema(definition.data, { target: 'draft-2020-12', io: 'input' }) as Record<string, unknown>;
  return nullMeansAbsent(schema);
}

/** Every field that may be left out may be null as well, which the schemas themselves do not know: the decoder drops such members. */
function nullMeansAbsent(schema: JsonSchema): JsonSchema {
  const { properties, items, required } = schema;
  if (isSchema(items)) return { ...schema, items: nullMeansAbsent(items) };
  if (!isSchema(properties)) return schema;
  const asked = Array.isArray(required) ? required : [];
  const fields = Object.entries(properties).map(([name, field]) => {
    const inside = isSchema(field) ? nullMeansAbsent(field) : field;
    return [name, asked.includes(name) ? inside : { anyOf: [inside, { type: 'null' }] }];
  });
  return { ...schema, properties: Object.fromEntries(fields) };
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON Schema of the whole CloudEvent of one type. */
export function eventSchema(definition: Definition): JsonSchema {
  return {
    type: 'object',
    title: definition.type,
    description: definition.summary,
    required: ['specversion', 'id', 'source', 'type', 'time', 'data'],
    properties: {
      specversion: { const: '1.0' },
      id: { type: 'string', minLength: 1, maxLength: 200, description: 'Identifies the delivery, not the thing.' },
      source: { type: 'string', format: 'uri-reference', minLength: 1, maxLength: 1024 },
      type: { const: definition.type },
      time: { type: 'string', format: 'date-time', description: 'When it happened: RFC 3339 with an offset, at most two minutes ahead.' },
      subject: { type: 'string', description: 'Id of the entity.' },
      datacontenttype: { type: 'string', default: 'application/json' },
      data: dataSchema(definition),
    },
    examples: [eventExample(definition)],
  };
}

/** A complete valid event of one type, for documentation. */
export function eventExample(definition: Definition): JsonSchema {
  const time = '2026-11-23T12:44:56+08:00';
  const key = (definition.key as (data: unknown, occurredAt: number) => readonly string[])(definition.example, Date.parse(time));
  return {
    specversion: '1.0',
    id: `example-${definition.type}`,
    source: '/example',
    type: definition.type,
    time,
    subject: key[0],
    datacontenttype: 'application/json',
    data: definition.example,
  };
}
