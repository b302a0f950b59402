/** [I13] A binding in full: what nobody reads refuses no event, and what is read is read as the binding writes it. */
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../../../server/adapters/system/bytes.ts';
import { percentDecoded, unquoted } from '../../../../server/pipeline/decode/attribute-value.ts';
import { structuredBytes } from '../../../../server/pipeline/decode/binary-mode.ts';
import { createDecoder } from '../../../../server/pipeline/decode/decode.ts';

const NOW = Date.parse('2026-11-23T04:00:00Z');
const decode = createDecoder({ currency: 'CNY', decodeUtf8 });
const data = { mentionId: 'L-1', version: 1 };
const event = { specversion: '1.0', id: 'in-value', source: '/crm', type: 'sentiment.deleted', time: '2026-11-23T10:00:00+08:00', data };
const headers = {
  ce_specversion: '1.0',
  ce_id: 'in-headers',
  ce_source: '/crm',
  ce_type: 'sentiment.deleted',
  ce_time: '2026-11-23T10:00:00+08:00',
};
const MARK = '\ufeff';

function read(value: object | string, given: Record<string, string>): string {
  const bytes = encodeUtf8(typeof value === 'string' ? value : JSON.stringify(value));
  const result = decode(bytes, given, NOW);
  // Whatever is kept of the record reads the same when it is sent again.
  const again = decode(structuredBytes(bytes, given, encodeUtf8), {}, NOW);
  const summary = (one: typeof result) => (one.ok ? `${one.event.id} ${one.key}` : `${one.rejection.code} ${one.rejection.path}`);
  if (result.ok) expect(summary(again)).toBe(summary(result));
  return summary(result);
}

describe('[I13] a record of Kafka is structured where its value says so', () => {
  it.each([
    ['a stray ce_type', { ce_type: 'sales.order.paid' }],
    ['all headers, repeated for routing', headers],
    ['headers that contradict it', { ...headers, ce_id: '', ce_time: 'never' }],
    ['a plain content type in capitals', { ...headers, 'Content-Type': 'application/JSON' }],
  ])('%s', (_what, given) => expect(read(event, given)).toBe('in-value /crm L-1'));

  it.each(['content-type', 'Content-Type', 'CONTENT-TYPE'])('and where its %s says so', (name) => {
    const { specversion: _, ...less } = event;
    for (const type of ['application/cloudevents+json', ' Application/CloudEvents+JSON; charset=utf-8'])
      expect(read(less, { ...headers, [name]: type })).toBe('bad_envelope specversion');
    expect(read(data, { ...headers, [name]: 'application/json; charset=UTF-8' })).toBe('in-headers /crm L-1');
  });

  it('whatever stands inside a value does not make it structured', () => {
    expect(read({ ...data, nested: { specversion: '1.0' } }, headers)).toBe('in-headers /crm L-1');
    expect(read([{ specversion: '1.0' }] as object, headers)).toBe('invalid_data data');
  });
});

describe('[I13] binary mode', () => {
  it('compares names of headers without regard to case', () => {
    const shouting = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]));
    expect(read(data, shouting)).toBe('in-headers /crm L-1');
  });

  it('ignores headers that name no attribute we read', () => {
    const others = {
      ce_note: '100%',
      ce_: '\0',
      ce___proto__: 'x',
      ce_data: '{',
      ce_data_base64: 'e30=',
      ce_traceparent: '"',
      traceparent: '%',
    };
    expect(read(data, { ...others, ...headers })).toBe('in-headers /crm L-1');
    // Alone they make no event of a value.
    expect(read(data, others)).toBe('bad_envelope specversion');
    expect(read(event, others)).toBe('in-value /crm L-1');
  });

  it('takes quotes, escapes and percent signs as the binding writes them', () => {
    const quoted = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, JSON.stringify(value)]));
    expect(read(data, quoted)).toBe('in-headers /crm L-1');
    expect(read(data, { ...headers, ce_id: '"a \\"b\\" \\\\"' })).toBe('a "b" \\ /crm L-1');
    expect(read(data, { ...headers, ce_id: '%E8%AE%A2 50%', ce_time: '2026-11-23T10%3A00%3A00%2B08:00' })).toBe('订 50% /crm L-1');
  });

  it('leaves the escapes of a source as they are: they are part of its name', () => {
    expect(read(data, { ...headers, ce_source: '"/crm/%E5%8C%97"' })).toBe('in-headers /crm/%E5%8C%97 L-1');
  });
});

describe('[I13] a byte order mark', () => {
  it('before a value is left out, in either mode, and once', () => {
    expect(read(MARK + JSON.stringify(event), {})).toBe('in-value /crm L-1');
    expect(read(MARK + JSON.stringify(event), headers)).toBe('in-value /crm L-1');
    expect(read(MARK + JSON.stringify(data), headers)).toBe('in-headers /crm L-1');
    expect(read(MARK + MARK + JSON.stringify(event), {})).toBe('not_json ');
    expect(read(MARK, {})).toBe('not_json ');
  });
});

describe('the value of a header', () => {
  it.each([
    ['plain', 'plain'],
    ['""', ''],
    [' "a" ', 'a'],
    ['"a\\"b"', 'a"b'],
    ['"a\\\\"', 'a\\'],
    ['"', '"'],
    ['"a"b"', '"a"b"'],
    ['"a\\"', '"a\\"'],
    ['a"b"', 'a"b"'],
  ])('%s without quotes is %s', (given, expected) => expect(unquoted(given)).toBe(expected));

  it.each([
    ['100%', '100%'],
    ['%41%zz%2', 'A%zz%2'],
    ['%25', '%'],
    ['%E8%AE%A2', '订'],
    ['%E8%AE', undefined],
    ['%ff', undefined],
  ])('%s without percent escapes is %s', (given, expected) => expect(percentDecoded(given)).toBe(expected));
});
