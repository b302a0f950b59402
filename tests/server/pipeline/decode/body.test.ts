/** [I4] A body is what JSON.stringify makes of the known fields, however the source wrote them. */
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../../../server/adapters/system/bytes.ts';
import { createDecoder } from '../../../../server/pipeline/decode/decode.ts';
import { scanJson } from '../../../../server/pipeline/decode/scan.ts';
import { generateEvents } from '../../../helpers/event-generator.ts';
import { NOW } from '../../../helpers/ingest-rig.ts';
import { seededRandom, type Random } from '../../../helpers/random.ts';

const decode = createDecoder({ currency: 'CNY', decodeUtf8 });
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The value as some other source may write it: spaces, members in any order or unknown, numbers and characters in other spellings. */
function write(random: Random, value: Json, wild: boolean): string {
  const space = (): string => (wild && random.chance(0.02) ? random.pick([' ', '\n', '\t ', '\r\n']) : '');
  const joined = (parts: readonly string[], open: string, close: string): string =>
    `${open}${space()}${parts.join(`${space()},${space()}`)}${space()}${close}`;
  if (Array.isArray(value))
    return joined(
      value.map((item) => write(random, item, wild)),
      '[',
      ']',
    );
  if (typeof value === 'object' && value !== null) {
    let entries = Object.entries(value);
    if (wild && random.chance(0.1)) entries = random.shuffle(entries);
    if (wild && random.chance(0.1)) entries = [...entries, ['x-more', random.pick<Json>([1, 'e', { data: {} }, [true]])]];
    return joined(
      entries.map(([key, item]) => `${write(random, key, wild)}${space()}:${space()}${write(random, item, wild)}`),
      '{',
      '}',
    );
  }
  if (!wild || !random.chance(0.05)) return JSON.stringify(value);
  if (typeof value === 'number')
    return random.pick([JSON.stringify(value), `${value}e0`, `${value}E-0`, Number.isInteger(value) ? `${value}.0` : `${value}0`]);
  if (typeof value === 'string')
    return value.length === 0 ? '""' : `"\\u${value.charCodeAt(0).toString(16).padStart(4, '0')}${JSON.stringify(value.slice(1)).slice(1)}`;
  return JSON.stringify(value);
}

const seed = Number(process.env['BODY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

describe('[I4] a body', () => {
  it(`is the canonical text of the known fields (BODY_SEED=${seed})`, () => {
    const random = seededRandom(seed);
    const seen = { taken: 0, written: 0 };
    for (const event of generateEvents({ seed, count: 1_500, until: NOW })) {
      const text = write(random, event as unknown as Json, random.chance(0.7));
      const result = decode(encodeUtf8(text), {}, NOW);
      if (!result.ok) throw new Error(`${result.rejection.code} ${result.rejection.path}: ${text}`);
      const { body } = result;
      const asText = typeof body === 'string' ? body : decodeUtf8(body.bytes.subarray(body.from, body.to));
      expect(asText, text).toBe(JSON.stringify(result.event.data));
      seen[scanJson(encodeUtf8(text)).data ? 'taken' : 'written'] += 1;
    }
    // A test that only ever went one way would prove little.
    expect([seen.taken > 100, seen.written > 100]).toEqual([true, true]);
  });

  const found = (text: string): string | undefined => {
    const { data } = scanJson(encodeUtf8(text));
    return data && decodeUtf8(encodeUtf8(text).subarray(data.from, data.to));
  };
  it.each([
    ['{"data":{"a":1}}', '{"a":1}'],
    ['{"x":{"data":{"b":2}},"data":{"a":"长"},"y":"data"}', '{"a":"长"}'],
    ['{"y":"\\"data\\":","data":{"a":1}}', undefined],
    ['{"x":"长","data":{"a":1}}', '{"a":1}'],
    ['{"data":{"a":1},"x":"长"}', '{"a":1}'],
    ['{"data":[{"a":1}]}', undefined],
    ['{"data":{"a": 1}}', undefined],
    ['{"data":{"a":-1}}', undefined],
    ['{"data":{"a":1.0}}', undefined],
    ['{"data":{"a":1e2}}', undefined],
    ['{"data":{"a":123456789012345}}', '{"a":123456789012345}'],
    ['{"data":{"a":1234567890123456}}', undefined],
    ['{"data":{"a":true,"b":[false,null,"e1"]}}', '{"a":true,"b":[false,null,"e1"]}'],
    ['{"nodata":{"a":1}}', undefined],
    ['[{"data":{"a":1}}]', undefined],
  ])('%s is taken as %s', (text, expected) => expect(found(text)).toBe(expected));
});
