/** The decoder's verdicts over the bad-input corpus: every bad record gets one clear answer [I13]. */
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../../../server/adapters/system/bytes.ts';
import { bodyText } from '../../../../server/domain/facts.ts';
import { createDecoder, type Decoded, type Undecoded } from '../../../../server/pipeline/decode/decode.ts';
import { eventDefinitions } from '../../../../shared/events/registry.ts';
import { generateEvents, eventBytes } from '../../../helpers/event-generator.ts';

const NOW = Date.parse('2026-11-23T04:00:00Z');
const decode = createDecoder({ currency: 'CNY', decodeUtf8 });

const line = { sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount: 329_900 };
const order = { orderId: 'SO-1', version: 1, buyerId: 'B-1', channel: '天猫', region: '华东', lines: [line] };
const envelope = { specversion: '1.0', id: 'e-1', source: '/shop', type: 'sales.order.paid', time: '2026-11-23T10:00:00+08:00' };
const paid = (data: object = {}, outer: object = {}): object => ({ ...envelope, data: { ...order, ...data }, ...outer });

function of(value: object | string | Uint8Array, headers = {}): Decoded | Undecoded {
  const bytes = value instanceof Uint8Array ? value : encodeUtf8(typeof value === 'string' ? value : JSON.stringify(value));
  return decode(bytes, headers, NOW);
}
/** `code path` of a rejection, or `ok`. */
function verdict(value: object | string | Uint8Array, headers = {}): string {
  const result = of(value, headers);
  return result.ok ? 'ok' : `${result.rejection.code} ${result.rejection.path}`.trim();
}
/** The order as text, with something put where `"HERE"` stands in its data. */
function raw(replacement: string): string {
  return JSON.stringify(paid({ extra: 'HERE' })).replace('"HERE"', replacement);
}
/** Milliseconds of CPU of the quickest of five runs: what else the machine does is not counted. */
function quickest(work: () => void): number {
  const runs = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return Math.min(...runs);
}

describe('[I13] the decoder accepts', () => {
  it.each(eventDefinitions.map((d) => [d.type, d] as const))('%s as its example shows it', (type, definition) => {
    const result = of({ ...envelope, type, data: definition.example });
    expect(result).toMatchObject({ ok: true, event: { type, source: '/shop', occurredAt: Date.parse('2026-11-23T02:00:00Z') } });
  });

  it('every generated event', () => {
    for (const event of generateEvents({ seed: 11, count: 500, until: NOW }))
      expect(decode(eventBytes(event), {}, NOW)).toMatchObject({ ok: true });
  });

  it('unknown fields, and leaves them out of the body that content is judged by [I4]', () => {
    const body = (event: object): string => {
      const { body: text, event: read } = of(event) as Decoded;
      return bodyText({ body: text, data: read.data });
    };
    const plain = body(paid());
    expect(body(paid({ weather: 'rain' }, { traceparent: 'x', id: 'e-2' }))).toBe(plain);
    expect(body({ ...paid(), data: Object.fromEntries(Object.entries(order).reverse()) })).toBe(plain);
  });

  it('the same key for the same thing, apart by source', () => {
    expect((of(paid()) as Decoded).key).toBe('/shop SO-1');
    expect((of(paid({}, { source: '/other' })) as Decoded).key).not.toBe('/shop SO-1');
  });

  it.each(['toString', 'hasOwnProperty', 'then', 'length'])('the harmless key %s', (key) => {
    expect(verdict(raw(`{"${key}":1e9}`))).toBe('ok');
  });

  it.each([
    '2026-11-22T10:00:00.5Z',
    '2026-11-22t10:00:00z',
    '2024-02-29T00:00:00+14:00',
    '2026-11-23T12:02:00+08:00',
    '1990-01-01T00:00:00Z',
  ])('the instant %s', (time) => expect(verdict(paid({}, { time }))).toBe('ok'));

  it('an equal currency, refund lines that add up, a refund of twice the order', () => {
    expect(verdict(paid({ currency: 'CNY' }))).toBe('ok');
    const refund = { refundId: 'R', orderId: 'SO-1', version: 1, amount: 659_800, lines: [{ sku: 'X5', amount: 659_800 }] };
    expect(verdict({ ...envelope, type: 'sales.order.refunded', data: refund })).toBe('ok');
  });

  it('escapes that are characters, and depth 32', () => {
    expect(verdict(raw('"\\u5496\\ud83d\\ude00"'))).toBe('ok');
    expect(verdict(raw(`${'['.repeat(30)}${']'.repeat(30)}`))).toBe('ok');
  });
});

describe('[I13] the decoder refuses framing', () => {
  it.each([
    ['', 'not_json'],
    ['nonsense', 'not_json'],
    ["{'a':1}", 'not_json'],
    ['{"a":1}}', 'not_json'],
    ['{"a":1,}', 'not_json'],
    ['{"a":1}{"a":1}', 'not_json'],
    ['// x\n{}', 'not_json'],
    ['{"a":NaN}', 'not_json'],
    ['{"a":-Infinity}', 'not_json'],
    ['{"a":01}', 'not_json'],
    ['{"a":.5}', 'not_json'],
    ['{"a":0x10}', 'not_json'],
    ['{"a":"\u0001"}', 'not_json'],
    ['\ufeff{}', 'bad_envelope specversion'],
    ['\ufeff\ufeff{}', 'not_json'],
    [' \ufeff{}', 'not_json'],
    ['{}\0', 'not_json'],
    ['{"a', 'not_json'],
    ['"\\', 'not_json'],
    ['null', 'bad_envelope'],
    ['1', 'bad_envelope'],
    ['"x"', 'bad_envelope'],
    ['[]', 'bad_envelope'],
    ['[[]]', 'bad_envelope'],
    ['1e400', 'not_finite'],
    ['{}', 'bad_envelope specversion'],
    [' '.repeat(60_000), 'not_json'],
  ])('%j as %s', (text, expected) => expect(verdict(text)).toBe(expected));

  it.each([
    ['ff fe', [0xff, 0xfe]],
    ['an overlong form', [0x22, 0xc0, 0xaf, 0x22]],
    ['a cut character', [0x22, 0xe4, 0xbd, 0x22]],
    ['a surrogate in UTF-8', [0x22, 0xed, 0xa0, 0x80, 0x22]],
  ])('%s as bad_utf8', (_name, bytes) => expect(verdict(Uint8Array.from(bytes))).toBe('bad_utf8'));

  it.each([
    ['UTF-16', new Uint8Array(Buffer.from(JSON.stringify(paid()), 'utf16le'))],
    ['Avro', Uint8Array.from([0, 0, 0, 0, 5, 2, 2])],
    ['gzip', Uint8Array.from([0x1f, 0x8b, 8, 0])],
  ])('%s as unreadable', (_name, bytes) => expect(verdict(bytes)).toMatch(/^(bad_utf8|not_json)$/));

  it.each([
    ['arrays', '['],
    ['objects', '{"a":'],
    ['both', '[{"a":'],
  ])('60,000 bytes of nested %s, and depth 33, as too_deep', (_name, open) => {
    expect(verdict(open.repeat(Math.floor(60_000 / open.length)))).toBe('too_deep');
    expect(verdict(raw(`${'['.repeat(31)}${']'.repeat(31)}`))).toBe('too_deep');
  });

  it('more than 64 KB of an event, more than 256 KB of a value', () => {
    const fill = (bytes: number): string => {
      const text = raw('"FILL"');
      return text.replace('FILL', 'x'.repeat(bytes - encodeUtf8(text).length + 4));
    };
    expect(verdict(fill(65_536))).toBe('ok');
    expect(verdict(fill(65_537))).toBe('too_large');
    expect(of(fill(300_000))).toMatchObject({ rejection: { code: 'too_large', message: expect.stringContaining('262144') } });
  });

  it('a 100,000-deep JSON and a 5 MB record within 50 ms, without using up the stack', () => {
    const records = ['['.repeat(100_000), '{"a":'.repeat(13_000), JSON.stringify(paid({ extra: 'x'.repeat(5_000_000) }))].map(encodeUtf8);
    for (const record of records) decode(record, {}, NOW);
    for (const record of records) {
      expect(quickest(() => expect(decode(record, {}, NOW).ok).toBe(false))).toBeLessThan(50);
    }
  });
});

describe('[I13] the decoder refuses values', () => {
  it.each([
    ['{"amount":1,"amount":2}', 'duplicate_key data.extra.amount'],
    ['[{"x":{"a":1}},{"x":1,"y":2,"x":3}]', 'duplicate_key data.extra[1].x'],
    ['{"a":1,"\\u0061":2}', 'duplicate_key data.extra.a'],
    ['{"":1,"":2}', 'duplicate_key data.extra.'],
    ['{"__proto__":{"polluted":true}}', 'forbidden_key data.extra.__proto__'],
    ['{"\\u005f_proto__":1}', 'forbidden_key data.extra.__proto__'],
    ['[1,{"constructor":{"prototype":{}}}]', 'forbidden_key data.extra[1].constructor'],
    ['1e400', 'not_finite data.extra'],
    ['[0,-1e999]', 'not_finite data.extra[1]'],
    [`${'9'.repeat(400)}`, 'not_finite data.extra'],
    ['"a\\u0000b"', 'bad_text data.extra'],
    ['["\\ud800"]', 'bad_text data.extra[0]'],
    ['{"\\udc00":1}', 'bad_text data.extra'],
    ['"\\ude00\\ud83d"', 'bad_text data.extra'],
  ])('%j as %s', (value, expected) => {
    expect(verdict(raw(value))).toBe(expected);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('a forbidden key 30 levels down in no more time than elsewhere', () => {
    const nested = raw(`${'{"a":'.repeat(29)}{"__proto__":1}${'}'.repeat(29)}`);
    expect(quickest(() => expect(verdict(nested)).toContain('forbidden_key'))).toBeLessThan(50);
  });

  it('keys whose names hold quotes and backslashes without losing count', () => {
    expect(verdict(raw('{"a\\"":1,"a\\\\":2,"a:b":"{[:"}'))).toBe('ok');
  });
});

describe('the decoder refuses envelopes', () => {
  it.each([
    [{ specversion: undefined }, 'bad_envelope specversion'],
    [{ specversion: '0.3' }, 'bad_envelope specversion'],
    [{ specversion: 1.0 }, 'bad_envelope specversion'],
    [{ id: undefined }, 'bad_envelope id'],
    [{ id: '' }, 'bad_envelope id'],
    [{ id: 7 }, 'bad_envelope id'],
    [{ id: 'x'.repeat(201) }, 'bad_envelope id'],
    [{ source: undefined }, 'bad_envelope source'],
    [{ source: 'two words' }, 'bad_envelope source'],
    [{ source: '/a\n' }, 'bad_envelope source'],
    [{ source: '/'.repeat(1_025) }, 'bad_envelope source'],
    [{ type: undefined }, 'bad_envelope type'],
    [{ type: 7 }, 'bad_envelope type'],
    [{ type: 'sales.order.lost' }, 'unknown_type type'],
    [{ type: '__proto__' }, 'unknown_type type'],
    [{ type: 'toString' }, 'unknown_type type'],
    [{ subject: 7 }, 'bad_envelope subject'],
    [{ data_base64: 'e30=' }, 'bad_envelope data_base64'],
    [{ data: undefined }, 'invalid_data data'],
    [{ data: [] }, 'invalid_data data'],
  ])('%j as %s', (outer, expected) => expect(verdict(paid({}, outer))).toBe(expected));

  it.each([
    undefined,
    null,
    0,
    1_763_863_200,
    1_763_863_200_000,
    '0',
    '1763863200',
    '2026-02-30T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-23T24:00:00Z',
    '2026-11-23T23:59:60Z',
    '2026-11-23T10:00:00',
    '2026-11-23T10:00:00+0800',
    '2026-11-23T10:00:00+24:00',
    '2026-11-23T10:00:00+08',
    '2026-11-23 10:00',
    '2026-11-23 10:00:00+08:00',
    '2026-11-23T10:00:00.Z',
    '2026-11-23',
    'Nov 23 2026',
    '２０２６-11-23T10:00:00Z',
    '0000-01-01T00:00:00Z',
    '1989-12-31T23:59:59Z',
    '9999-01-01T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    '2026-11-23T10:00:00Zjunk',
  ])('[I8] the time %j as bad_time, never as now', (time) => expect(verdict(paid({}, { time }))).toBe('bad_time time'));

  it('[I8] accepts two minutes ahead and not a millisecond more', () => {
    const at = (ms: number): object => paid({}, { time: new Date(NOW + ms).toISOString() });
    expect(verdict(at(120_000))).toBe('ok');
    expect(verdict(at(120_001))).toBe('future_dated time');
    expect(verdict(at(3_600_000))).toBe('future_dated time');
  });
});

it('takes the currency of the workspace on a line as if nothing stood there: the order stays the same order', () => {
  const bodyOf = (part: object): string => {
    const decoded = of(paid({ lines: [part] }));
    return decoded.ok ? bodyText({ body: decoded.body, data: decoded.event.data }) : decoded.rejection.code;
  };
  for (const currency of ['CNY', null]) expect(bodyOf({ ...line, currency })).toBe(bodyOf(line));
});

describe('the decoder refuses data', () => {
  it.each([
    [{ lines: [] }, 'invalid_data data.lines'],
    [{ lines: Array.from({ length: 201 }, () => line) }, 'invalid_data data.lines'],
    [{ lines: [line, { ...line, amount: -1 }] }, 'invalid_data data.lines[1].amount'],
    [{ lines: [{ ...line, amount: 1.5 }] }, 'invalid_data data.lines[0].amount'],
    [{ lines: [{ ...line, amount: '1e3' }] }, 'invalid_data data.lines[0].amount'],
    [{ lines: [{ ...line, amount: 1e18 }] }, 'invalid_data data.lines[0].amount'],
    [{ lines: [{ ...line, quantity: -2 }] }, 'invalid_data data.lines[0].quantity'],
    [{ lines: [{ ...line, core: 'true' }] }, 'invalid_data data.lines[0].core'],
    [{ lines: [{ ...line, amount: 9e15 }, line] }, 'invalid_data data.lines'],
    [{ lines: { length: 1e9 } }, 'invalid_data data.lines'],
    [{ orderId: undefined }, 'invalid_data data.orderId'],
    [{ orderId: 'x'.repeat(201) }, 'invalid_data data.orderId'],
    [{ channel: '' }, 'invalid_data data.channel'],
    [{ version: 0 }, 'invalid_data data.version'],
    [{ version: 1.5 }, 'invalid_data data.version'],
    [{ version: '1' }, 'invalid_data data.version'],
    [{ version: 2 ** 53 }, 'invalid_data data.version'],
    [{ currency: 'USD' }, 'wrong_currency data.currency'],
    [{ currency: 'yuan' }, 'invalid_data data.currency'],
    [{ lines: [line, { ...line, currency: 'USD' }] }, 'wrong_currency data.lines[1].currency'],
    [{ lines: [{ ...line, currency: 5 }] }, 'wrong_currency data.lines[0].currency'],
  ])('%j as %s', (data, expected) => expect(verdict(paid(data))).toBe(expected));

  it.each([
    [
      'sales.order.refunded',
      { refundId: 'R', orderId: 'O', version: 1, amount: 5, lines: [{ sku: 'a', amount: 4 }] },
      'refund_lines_mismatch data.lines',
    ],
    [
      'sales.order.refunded',
      { refundId: 'R', orderId: 'O', version: 1, amount: 4, lines: [{ sku: 'a', amount: 4, currency: 'JPY' }] },
      'wrong_currency data.lines[0].currency',
    ],
    ['lead.signed', { leadId: 'L', version: 1, value: 1 }, 'invalid_data data.customerId'],
    ['lead.lost', { leadId: 'L', version: 1 }, 'invalid_data data.reason'],
    [
      'sentiment.mention',
      { mentionId: 'M', version: 1, platform: 'p', brand: 'b', text: 't', score: -1.0000001 },
      'invalid_data data.score',
    ],
    ['sentiment.mention', { mentionId: 'M', version: 1, platform: 'p', brand: 'b', text: 't', label: 'NEG' }, 'invalid_data data.label'],
    [
      'sentiment.mention',
      { mentionId: 'M', version: 1, platform: 'p', brand: 'b', text: 't', detectedAt: '2026-11-23T10:00:00' },
      'invalid_data data.detectedAt',
    ],
    ['sentiment.mention', { mentionId: 'M', version: 1, platform: 'p', brand: 'b', text: '字'.repeat(20_001) }, 'invalid_data data.text'],
    ['sentiment.reclassified', { mentionId: 'M', version: 2 }, 'invalid_data data.label'],
    ['traffic.daily', { date: '2026-02-30', channel: 'c', version: 1, visits: 1, organic: 1 }, 'invalid_data data.date'],
    [
      'competitor.move',
      { moveId: 'm', version: 1, competitor: 'c', kind: 'price', title: 't', before: 7, impact: 'low' },
      'invalid_data data.before',
    ],
  ])('%s %j as %s', (type, data, expected) => expect(verdict({ ...envelope, type, data })).toBe(expected));

  it('with a message a person understands, and says how much more is wrong', () => {
    const result = of(paid({ channel: 7, region: 7, version: 'x' })) as Undecoded;
    expect(result.rejection.message).toMatch(/\(and 2 more\)$/);
    expect(result).toMatchObject({ id: 'e-1', type: 'sales.order.paid', source: '/shop' });
  });
});

describe('the decoder names what it cannot read', () => {
  it.each([
    [JSON.stringify(paid({ extra: 'x'.repeat(300_000) })), 'e-1'],
    ['{"specversion":"1.0","id":"broken-1","data":{', 'broken-1'],
    ['{"data":{"id":"inner"},"id" : "outer\\u0041"}}', 'outerA'],
    ['{"id":7,"x":"id","y":"no"}x', null],
    ['[{"id":"inner"}]]', null],
    ['{"id":"cut', null],
  ])('%.40s… by its id', (text, id) => expect(of(text)).toMatchObject({ ok: false, id }));
});

describe('Kafka binary mode', () => {
  const headers = {
    ce_specversion: '1.0',
    ce_id: 'e-1',
    ce_source: '/shop',
    ce_type: 'sales.order.paid',
    ce_time: '2026-11-23T10:00:00+08:00',
    'content-type': 'application/json',
  };
  it('reads attributes from headers and data from the value', () => {
    const [binary, structured] = [of(order, headers) as Decoded, of(paid()) as Decoded];
    expect({ ...binary, body: bodyText({ ...binary.event, body: binary.body }) }).toEqual({
      ...structured,
      body: bodyText({ ...structured.event, body: structured.body }),
    });
  });
  it('answers with paths of the event, not of the value', () => {
    expect(verdict({ ...order, channel: 7 }, headers)).toBe('invalid_data data.channel');
    expect(verdict('{"a":1,"a":2}', headers)).toMatch(/^duplicate_key/);
    expect(verdict('{"a":1e999}', headers)).toBe('not_finite data.a');
  });
  it('misses a header as it would miss an attribute', () => {
    const { ce_time: _, ...timeless } = headers;
    expect(verdict(order, timeless)).toBe('bad_time time');
    expect(verdict(order, { ...headers, ce_specversion: undefined })).toBe('bad_envelope specversion');
    expect(verdict(order, { ...headers, ce_id: 'a\0' })).toBe('bad_text id');
  });
  it('lets a structured content type win over repeated headers', () => {
    expect(verdict(paid(), { ...headers, ce_type: 'other', 'content-type': 'application/cloudevents+json' })).toBe('ok');
  });
});
