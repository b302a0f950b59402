import { describe, expect, it } from 'vitest';
import { dataSchema, eventExample, eventSchema } from '../../../shared/events/json-schema.ts';
import { eventDefinition, eventDefinitions } from '../../../shared/events/registry.ts';
import { decodeUtf8 } from '../../../server/adapters/system/bytes.ts';
import { createDecoder } from '../../../server/pipeline/decode/decode.ts';
import { eventBytes } from '../../helpers/event-generator.ts';

type Schema = { required?: string[]; properties?: Record<string, Schema & Record<string, unknown>>; items?: Schema } & Record<
  string,
  unknown
>;

describe('the machine-readable contract', () => {
  it.each(eventDefinitions.map((d) => [d.type, d] as const))('%s: its example is an event the decoder takes', (_type, definition) => {
    const decode = createDecoder({ currency: 'CNY', decodeUtf8 });
    expect(decode(eventBytes(eventExample(definition)), {}, Date.parse('2026-11-23T12:00:00Z'))).toMatchObject({ ok: true });
  });

  it.each(eventDefinitions.map((d) => [d.type, d] as const))('%s: is plain JSON, and asks for its version', (type, definition) => {
    const schema = eventSchema(definition) as Schema;
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
    expect(schema.properties?.['type']).toEqual({ const: type });
    expect((dataSchema(definition) as Schema).required).toContain('version');
  });

  it('carries the bounds of the fields', () => {
    const order = dataSchema(eventDefinition('sales.order.paid') as (typeof eventDefinitions)[number]) as Schema;
    expect(order.required).not.toContain('campaignId');
    expect(order.properties?.['campaignId']).toMatchObject({ anyOf: [{ type: 'string', maxLength: 200 }, { type: 'null' }] });
    expect(order.properties?.['lines']?.items?.properties?.['cost']).toMatchObject({ anyOf: [{ type: 'integer' }, { type: 'null' }] });
    expect(order.properties?.['orderId']).toMatchObject({ type: 'string', minLength: 1, maxLength: 200 });
    expect(order.properties?.['lines']).toMatchObject({ minItems: 1, maxItems: 200 });
    expect(order.properties?.['lines']?.items?.properties?.['amount']).toMatchObject({ type: 'integer', minimum: 0, maximum: 9e15 });
  });
});
