import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import { BATCH, LINES, NOON, order, orders, postEvents, problemOf, raw, results, startRig } from './rig.ts';

const text = JSON.stringify;

describe('POST /api/events', () => {
  it('[I11] gives each item of a batch its own answer, in order, and takes the good beside the bad', async () => {
    const rig = await startRig();
    const items = [
      text(order('a')),
      '{"specversion":"1.0",}',
      text(order('b', { type: 'sales.order.lost' })),
      text(order('c')),
      'nope',
      text(order('a')),
      '{"a":1,"a":2}',
    ];
    const answer = results(await postEvents(rig, `[${items.join(',')}]`, BATCH));
    expect(answer.map((r) => [r.index, r.outcome, r.code])).toEqual([
      [0, 'accepted', undefined],
      [1, 'rejected', 'not_json'],
      [2, 'quarantined', 'unknown_type'],
      [3, 'accepted', undefined],
      [4, 'rejected', 'not_json'],
      [5, 'duplicate', undefined],
      [6, 'rejected', 'duplicate_key'],
    ]);
    expect(await orders(rig)).toBe(2);
  });

  it('[I11] takes a whole batch again as duplicates', async () => {
    const rig = await startRig();
    const body = text([order('a'), order('b')]);
    await postEvents(rig, body, BATCH);
    expect(results(await postEvents(rig, body, BATCH)).map((r) => r.outcome)).toEqual(['duplicate', 'duplicate']);
  });

  it('takes one event, and NDJSON whose bad lines stand alone', async () => {
    const rig = await startRig();
    expect(results(await postEvents(rig, text(order('one'))))).toEqual([{ index: 0, id: 'one', outcome: 'accepted' }]);
    const lines = `${text(order('l1'))}\r\n\n   \n{broken\n${text(order('l2'))}`;
    expect(results(await postEvents(rig, lines, LINES)).map((r) => [r.index, r.outcome])).toEqual([
      [0, 'accepted'],
      [1, 'rejected'],
      [2, 'accepted'],
    ]);
  });

  it('one bad line in 500 costs only itself', async () => {
    const rig = await startRig();
    const lines = Array.from({ length: 500 }, (_, i) => (i === 250 ? '{"id":"bad"' : text(order(`n${i}`))));
    const answer = results(await postEvents(rig, lines.join('\n'), LINES));
    expect(answer.filter((r) => r.outcome === 'accepted')).toHaveLength(499);
    expect(answer[250]).toMatchObject({ index: 250, id: 'bad', outcome: 'rejected', code: 'not_json' });
  });

  it('answers an empty batch with no results, and an empty body with 400', async () => {
    const rig = await startRig();
    expect(results(await postEvents(rig, ' [ ] ', BATCH))).toEqual([]);
    expect(results(await postEvents(rig, '\n\n', LINES))).toEqual([]);
    for (const type of [BATCH, LINES, 'application/cloudevents+json']) {
      const answer = await postEvents(rig, '', type);
      expect(problemOf(answer)).toMatchObject({ status: 400, code: 'empty_body' });
    }
  });

  it.each([
    ['trailing comma', '[{},]'],
    ['leading comma', '[,{}]'],
    ['no array', '{}'],
    ['nothing but a word', 'nope'],
    ['not closed', '[{}'],
    ['string not closed', '["a]'],
    ['text after it', '[{}] x'],
    ['two arrays', '[][]'],
    ['mixed brackets', '[{"a":[}]]'],
    ['closing too much', '[}]'],
    ['two byte order marks', '\ufeff\ufeff[]'],
    ['a quote escaped at the end', String.raw`["a\"]`],
  ])('refuses a broken batch as a whole: %s', async (_name, body) => {
    const rig = await startRig();
    expect(problemOf(await postEvents(rig, body, BATCH))).toMatchObject({ status: 400, code: 'not_json' });
    expect(await orders(rig)).toBe(0);
  });

  it.each(['utf16le', 'utf16be'])('refuses a batch in %s', async (encoding) => {
    const rig = await startRig();
    const bytes = Buffer.from(text([order('a')]), 'utf16le');
    if (encoding === 'utf16be') bytes.swap16();
    expect(problemOf(await postEvents(rig, bytes, BATCH)).status).toBe(400);
  });

  it('[I13] 100,000-deep batches and items get an answer within a second of work, and neighbours theirs', async () => {
    const rig = await startRig();
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    // Work, not time: others share the machine with tests.
    const before = process.threadCpuUsage();
    expect(
      results(await postEvents(rig, `[${text(order('a'))},${deep},${text(order('b'))}]`, BATCH)).map((r) => r.code ?? r.outcome),
    ).toEqual(['accepted', 'too_large', 'accepted']);
    expect(results(await postEvents(rig, `[${'['.repeat(30_000)}${']'.repeat(30_000)}]`, BATCH))[0]?.code).toBe('too_deep');
    expect(problemOf(await postEvents(rig, '['.repeat(500_000), BATCH))).toMatchObject({ status: 400, code: 'not_json' });
    expect(results(await postEvents(rig, `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`))[0]?.code).toBe('too_deep');
    const { user, system } = process.threadCpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(1_000);
  });

  it('[I13] refuses the 501st item and the byte over 1 MB, and takes nothing of them', async () => {
    const rig = await startRig();
    const many = Array.from({ length: 501 }, (_, i) => order(`m${i}`));
    expect(problemOf(await postEvents(rig, text(many), BATCH))).toMatchObject({ status: 413, code: 'too_many_items' });
    expect(problemOf(await postEvents(rig, many.map((e) => text(e)).join('\n'), LINES)).status).toBe(413);
    expect(results(await postEvents(rig, text(many.slice(1)), BATCH))).toHaveLength(500);

    const full = `[${' '.repeat(1_048_576 - 2)}]`;
    expect(results(await postEvents(rig, full, BATCH))).toEqual([]);
    expect(problemOf(await postEvents(rig, `${full} `, BATCH))).toMatchObject({ status: 413, code: 'too_large' });
    expect(problemOf(await postEvents(rig, 'x'.repeat(5_000_000)))).toMatchObject({ status: 413, code: 'too_large' });
  });

  it('[I13] an event over 64 KB is refused beside good ones', async () => {
    const rig = await startRig();
    const big = text(order('big', { pad: 'x'.repeat(65_536) }));
    expect(results(await postEvents(rig, `[${big},${text(order('a'))}]`, BATCH)).map((r) => [r.id, r.outcome, r.code])).toEqual([
      ['big', 'rejected', 'too_large'],
      ['a', 'accepted', undefined],
    ]);
  });

  it.each([
    ['no content type', {}],
    ['JSON without ce- headers', { 'content-type': 'application/json' }],
    ['text', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a type that is none', { 'content-type': 'application/cloudevents+json; =' }],
    ['an unknown CloudEvents form', { 'content-type': 'application/cloudevents+avro', 'ce-id': 'x' }],
    ['another charset', { 'content-type': 'application/cloudevents+json; charset=utf-16' }],
    ['two charsets', { 'content-type': 'application/cloudevents+json; charset=utf-8; charset=gbk' }],
    ['UTF-7', { 'content-type': `${BATCH};charset="utf-7"` }],
  ])('415 for %s', async (_name, headers) => {
    const rig = await startRig();
    expect(problemOf(await raw(rig, 'POST', '/api/events', headers as Record<string, string>, text(order('a')))).status).toBe(415);
    expect(await orders(rig)).toBe(0);
  });

  it('takes UTF-8 however it is spelled', async () => {
    const rig = await startRig();
    for (const [i, type] of ['application/cloudevents+json; charset=UTF-8', 'Application/CloudEvents+JSON;charset="utf-8"'].entries())
      expect(results(await postEvents(rig, text(order(`u${i}`)), type))[0]?.outcome).toBe('accepted');
  });

  it('refuses compressed bodies before inflating a byte', async () => {
    const rig = await startRig();
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    for (const encoding of ['gzip', 'deflate', 'br', 'gzip, gzip', 'x-unknown'])
      expect(problemOf(await postEvents(rig, bomb, BATCH, { 'content-encoding': encoding }))).toMatchObject({
        status: 415,
        code: 'unsupported_encoding',
      });
    expect(results(await postEvents(rig, text(order('a')), undefined, { 'content-encoding': 'identity' }))[0]?.outcome).toBe('accepted');
  });

  it.each([
    ['ff fe', [0xff, 0xfe]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['a truncated character', [0xe4, 0xbd]],
  ])('rejects invalid UTF-8 in one item only: %s', async (_name, bytes) => {
    const rig = await startRig();
    const bad = Buffer.concat([Buffer.from('{"id":"'), Buffer.from(bytes), Buffer.from('"}')]);
    const body = Buffer.concat([Buffer.from('['), bad, Buffer.from(`,${text(order('a'))}]`)]);
    expect(results(await postEvents(rig, body, BATCH)).map((r) => r.code ?? r.outcome)).toEqual(['bad_utf8', 'accepted']);
  });

  it.each(['null', '1', '"x"', '[]', '[[]]', '{}', '{"a":1}}', 'NaN', '01', '1e400', '{"__proto__":{"polluted":1}}', '{"id":"\\ud800"}'])(
    'one event that is none gets an answer: %s',
    async (body) => {
      const rig = await startRig();
      expect(results(await postEvents(rig, body))[0]?.outcome).toMatch(/rejected|quarantined/);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    },
  );

  it('passes on the time the head arrived', async () => {
    const rig = await startRig();
    await postEvents(rig, text(order('a', { type: 'sales.order.lost' })));
    const { rows } = await rig.store.reads.quarantine({ limit: 1 });
    expect(rows[0]?.receivedAt).toBe(NOON);
  });

  it('measures what it answered, by route', async () => {
    const rig = await startRig();
    await postEvents(rig, text(order('a')));
    const page = (await raw(rig, 'GET', '/metrics')).body;
    expect(page).toContain('warroom_http_request_seconds_count{method="POST",route="/api/events",status="202"} 1');
  });

  it.each([
    ['broker_unreachable', 503],
    ['store_unavailable', 503],
    ['overloaded', 429],
    ['disk_full', 507],
  ])('says when to come back and takes nothing: %s is %i', async (code, status) => {
    const rig = await startRig();
    rig.store.fault = new Unavailable(code, `kafka-1.internal:9092 ${code}`);
    const answer = await postEvents(rig, text(order('a')));
    expect(problemOf(answer)).toMatchObject({ status, code });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(answer.body).not.toContain('kafka-1.internal');
    expect(rig.bugs).toEqual([]);
  });

  it('answers a bug with an id, logs it, and reports it once', async () => {
    const rig = await startRig();
    const bug = new TypeError('undefined is not a function');
    rig.replace({ intake: { submit: () => Promise.reject(bug) } });
    const problem = problemOf(await postEvents(rig, text(order('a'))));
    expect(problem).toMatchObject({ status: 500, code: 'internal_error' });
    expect(problem.detail).not.toContain('undefined');
    expect(rig.bugs).toEqual([bug]);
    const lines = rig.log.map((line) => JSON.parse(line) as Record<string, unknown>).filter((line) => line['level'] === 'error');
    expect(lines).toHaveLength(1);
    expect(lines[0]?.['requestId']).toBe(problem.instance);
  });
});

describe('binary mode', () => {
  const example = order('bin');
  const headers = {
    'content-type': 'application/json',
    'ce-specversion': '1.0',
    'ce-id': 'bin',
    'ce-source': '/example',
    'ce-type': 'sales.order.paid',
    'ce-time': '2026-11-23T12:00:00+08:00',
  };
  const post = async (change: Record<string, string | string[]>, body = text(example['data'])) =>
    raw(await startRig(), 'POST', '/api/events', { ...headers, ...change }, body);

  it('takes an event from ce- headers and body, as the same fact as in structured mode', async () => {
    const rig = await startRig();
    expect(results(await raw(rig, 'POST', '/api/events', headers, text(example['data'])))).toEqual([
      { index: 0, id: 'bin', outcome: 'accepted' },
    ]);
    expect(results(await postEvents(rig, text(example)))[0]?.outcome).toBe('duplicate');
  });

  it('decodes percent-encoded and plain UTF-8 attributes', async () => {
    expect(results(await post({ 'ce-id': '%E8%AE%A2%E5%8D%95' }))[0]?.id).toBe('订单');
    expect(results(await post({ 'ce-id': Buffer.from('订单', 'utf8').toString('latin1') }))[0]?.id).toBe('订单');
  });

  it.each([
    ['a header twice', { 'ce-id': ['a', 'b'] }],
    ['a broken escape', { 'ce-id': '%E4%BD' }],
    ['bytes that are not UTF-8', { 'ce-id': Buffer.from([0xff, 0xfe]).toString('latin1') }],
  ])('400 for %s', async (_name, change) => {
    expect(problemOf(await post(change))).toMatchObject({ status: 400, code: 'bad_header' });
  });

  it('[I13] takes quoted values with escapes, and percent signs that begin no escape', async () => {
    const quoted = Object.fromEntries(Object.entries(headers).map(([n, v]) => [n, n.startsWith('ce-') ? `"${v}"` : v]));
    expect(results(await post(quoted))[0]).toMatchObject({ id: 'bin', outcome: 'accepted' });
    expect(results(await post({ 'ce-id': '"say \\"50%\\" %E8%AE%A2"' }))[0]).toMatchObject({ id: 'say "50%" 订', outcome: 'accepted' });
  });

  it.each([
    ['a note', { 'ce-note': '100%' }],
    ['an extension with broken escapes', { 'ce-traceparent': '%E4%BD' }],
    ['bytes that are no UTF-8', { 'ce-region': Buffer.from([0xff, 0xfe]).toString('latin1') }],
    ['a header twice', { 'ce-note': ['a', 'b'] }],
    ['what no header carries', { 'ce-data': '{', 'ce-data_base64': 'e30=', 'ce-datacontenttype': 'text/plain' }],
    ['names that are none', { 'ce-__proto__': 'x', 'ce-': 'y', 'ce-Some-Thing': '"' }],
  ])('[I13] ignores unread what names no attribute we read: %s', async (_name, change) => {
    expect(results(await post(change))[0]).toMatchObject({ id: 'bin', outcome: 'accepted' });
  });

  it.each(['application/json; charset=UTF-8', 'text/json', 'application/vnd.shop+json', 'APPLICATION/JSON'])(
    'takes JSON data called %s',
    async (type) => expect(results(await post({ 'content-type': type }))[0]?.outcome).toBe('accepted'),
  );

  it('takes data without a content type, and refuses other data and other JSON', async () => {
    const { 'content-type': _type, ...untyped } = headers;
    const rig = await startRig();
    expect(results(await raw(rig, 'POST', '/api/events', untyped, text(example['data'])))[0]?.outcome).toBe('accepted');
    expect((await post({ 'content-type': 'application/xml' })).status).toBe(415);
    const note = { 'content-type': 'application/json', 'ce-note': 'x' };
    expect((await raw(rig, 'POST', '/api/events', note, text(example['data']))).status).toBe(415);
  });

  it('[I13] leaves a byte order mark out, in every form of a body', async () => {
    const mark = '\ufeff';
    expect(results(await post({}, mark + text(example['data'])))[0]?.outcome).toBe('accepted');
    const rig = await startRig();
    expect(results(await postEvents(rig, mark + text(order('one'))))[0]?.outcome).toBe('accepted');
    const batch = results(await postEvents(rig, `${mark} [${text(order('b1'))}]`, BATCH));
    const lines = results(await postEvents(rig, `${mark}${text(order('l1'))}\n${mark}${text(order('l2'))}`, LINES));
    expect([...batch, ...lines].map((one) => [one.id, one.outcome])).toEqual([
      ['b1', 'accepted'],
      ['l1', 'accepted'],
      ['l2', 'accepted'],
    ]);
  });

  it.each([
    ['closes the event', '{}},"x":{"a":1'],
    ['adds a field', '{},"time":"2020-01-01T00:00:00Z"'],
    ['two values', '{} {}'],
    ['nothing but space', '  '],
    ['a broken value', '{"orderId":'],
  ])('a body that is not one value cannot write into the envelope: %s', async (_name, body) => {
    expect(results(await post({}, body))[0]).toMatchObject({ outcome: 'rejected', code: 'not_json' });
  });

  it('missing attributes are the envelope’s fault', async () => {
    const rig = await startRig();
    const { 'ce-time': _time, ...less } = headers;
    expect(results(await raw(rig, 'POST', '/api/events', less, text(example['data'])))[0]).toMatchObject({ code: 'bad_time' });
  });

  it('the structured content type wins over ce- headers', async () => {
    const rig = await startRig();
    const answer = await raw(rig, 'POST', '/api/events', { ...headers, 'content-type': 'application/cloudevents+json' }, text(order('s')));
    expect(results(answer)[0]?.id).toBe('s');
  });
});
