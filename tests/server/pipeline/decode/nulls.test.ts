/** [TX1] An optional field given as null is absent, in every event type and at every depth. */
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { decodeUtf8, encodeUtf8 } from '../../../../server/adapters/system/bytes.ts';
import { bodyText } from '../../../../server/domain/facts.ts';
import { createDecoder } from '../../../../server/pipeline/decode/decode.ts';
import { eventDefinitions } from '../../../../shared/events/registry.ts';

const NOW = Date.parse('2026-11-23T04:00:00Z');
const decode = createDecoder({ currency: 'CNY', decodeUtf8 });
const envelope = { specversion: '1.0', id: 'e-1', source: '/shop', time: '2026-11-23T10:00:00+08:00' };

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What becomes of the event: its body, or why not. */
function outcome(type: string, data: unknown, outer: object = {}): string {
  const result = decode(encodeUtf8(JSON.stringify({ ...envelope, type, data, ...outer })), {}, NOW);
  return result.ok ? bodyText({ body: result.body, data: result.event.data }) : `${result.rejection.code} ${result.rejection.path}`;
}

interface Optional {
  readonly path: readonly (string | number)[];
}

function optionals(schema: z.core.$ZodType, example: Json, path: readonly (string | number)[] = []): Optional[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'optional') return optionals(def.innerType, example, path);
  if (def.type === 'array' && Array.isArray(example)) return example.flatMap((item, i) => optionals(def.element, item, [...path, i]));
  if (def.type !== 'object' || typeof example !== 'object' || example === null || Array.isArray(example)) return [];
  return Object.entries(def.shape as Record<string, z.core.$ZodType>).flatMap(([name, field]) => {
    const inside = optionals(field, example[name] ?? null, [...path, name]);
    return (field as z.core.$ZodTypes)._zod.def.type === 'optional' ? [{ path: [...path, name] }, ...inside] : inside;
  });
}

/** A copy with the member at the path set, or removed where `value` is undefined. */
function withMember(value: Json, [first, ...rest]: readonly (string | number)[], member: Json | undefined): Json {
  if (first === undefined) return value;
  if (Array.isArray(value)) return value.map((item, i) => (i === first ? withMember(item, rest, member) : item));
  const object = value as { [key: string]: Json };
  if (rest.length > 0) return { ...object, [first]: withMember(object[first] ?? null, rest, member) };
  const { [first]: _, ...others } = object;
  return member === undefined ? others : { ...others, [first]: member };
}

describe('[TX1] null for an optional field', () => {
  it.each(eventDefinitions.map((d) => [d.type, d] as const))('of %s reads as its absence', (type, definition) => {
    const example = definition.example as Json;
    const fields = optionals(definition.data, example);
    for (const { path } of fields)
      expect([path, outcome(type, withMember(example, path, null))]).toEqual([path, outcome(type, withMember(example, path, undefined))]);
    // All of them at once: what a source with empty columns sends.
    const none = fields.reduceRight((value, { path }) => withMember(value, path, undefined), example);
    const nulls = fields.reduce((value, { path }) => withMember(value, path, null), example);
    expect(outcome(type, nulls)).toBe(outcome(type, none));
  });

  it('is the same content as its absence, so that a repeat with nulls is a duplicate [I4]', () => {
    const mention = { mentionId: 'M', version: 1, platform: '微博', brand: '山澜', text: '漏水', label: 'negative' };
    const nulls = { author: null, url: null, score: null, keywords: null, storyId: null, detectedAt: null };
    expect(outcome('sentiment.mention', { ...nulls, ...mention })).toBe(outcome('sentiment.mention', mention));
    expect(outcome('sentiment.mention', { ...mention, ...nulls })).toContain('M');
  });

  it('does not reach required fields, list items or unknown fields', () => {
    const [paid] = eventDefinitions;
    const [first] = paid.example.lines;
    expect(outcome(paid.type, { ...paid.example, channel: null })).toBe('invalid_data data.channel');
    expect(outcome(paid.type, { ...paid.example, lines: [{ ...first, sku: null }] })).toBe('invalid_data data.lines[0].sku');
    expect(outcome(paid.type, { ...paid.example, lines: [null] })).toBe('invalid_data data.lines[0]');
    expect(outcome(paid.type, { ...paid.example, toString: null, weather: null })).toBe(outcome(paid.type, paid.example));
    expect(outcome('sentiment.reclassified', { mentionId: 'M', version: 2, label: null, score: null })).toBe('invalid_data data.label');
    expect(outcome('sentiment.reclassified', { mentionId: 'M', version: 2, label: null, score: 0.5 })).toContain('0.5');
  });

  it('in the envelope', () => {
    const [paid] = eventDefinitions;
    const plain = outcome(paid.type, paid.example);
    for (const name of ['subject', 'data_base64', 'datacontenttype', 'dataschema', 'traceparent'])
      expect([name, outcome(paid.type, paid.example, { [name]: null })]).toEqual([name, plain]);
    expect(outcome(paid.type, paid.example, { data_base64: 'e30=' })).toBe('bad_envelope data_base64');
    expect(outcome(paid.type, paid.example, { time: null })).toBe('bad_time time');
  });
});
