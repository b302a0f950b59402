import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ChannelSenderParts, createChannelSender } from '../../../../server/adapters/channels/sender.ts';
import type { ChannelKind, StoredChannel } from '../../../../server/pipeline/ports/channels.ts';
import { alertOf, ALERT_NOW, channelOf, contentOf } from '../../../helpers/alert-samples.ts';
import { answer, flood, type HttpReceiver, httpReceiver, silence } from '../../../helpers/http-receiver.ts';
import { silentLogger } from '../../../helpers/silent-logger.ts';

let receiver: HttpReceiver;
beforeEach(async () => {
  receiver = await httpReceiver();
});
afterEach(() => receiver.close());

const noPush = { keys: () => Promise.reject(new Error('no keys')), of: () => Promise.resolve([]), forget: () => Promise.resolve() };
function senderOf(more: Partial<ChannelSenderParts> = {}) {
  return createChannelSender({
    ...{ clock: { now: () => ALERT_NOW, monotonic: () => 0 }, logger: silentLogger, push: noPush, allow: new Set([receiver.allow]) },
    ...{ language: 'zh-CN', timeZone: 'Asia/Shanghai' },
    ...more,
  });
}
const channel = (kind: ChannelKind, change: Partial<StoredChannel> = {}) => channelOf(kind, { url: receiver.url, ...change });
const robots = ['wecom', 'dingtalk', 'feishu', 'slack', 'webhook'] as const;
const good: Readonly<Record<(typeof robots)[number], unknown>> = {
  wecom: { errcode: 0, errmsg: 'ok' },
  dingtalk: { errcode: 0, errmsg: 'ok' },
  feishu: { code: 0, msg: 'success', data: {} },
  slack: 'ok',
  webhook: '',
};

describe('sending over HTTP', () => {
  it.each(robots)('%s counts as sent when the body says so', async (kind) => {
    receiver.behave(answer(200, good[kind]));
    expect(await senderOf().send(channel(kind), alertOf())).toMatchObject({ ok: true, status: 200 });
    expect(receiver.received).toHaveLength(1);
    expect(receiver.received[0]?.body).toContain('A17');
    expect(receiver.received[0]?.body).toContain('https://war.example.com/incidents/i-17');
  });

  it.each(robots)('%s: a status of 200 with anything else in the body is no success, but for a webhook', async (kind) => {
    receiver.behave(answer(200, '<html><h1>Welcome to nginx</h1></html>', { 'content-type': 'text/html' }));
    const outcome = await senderOf().send(channel(kind), alertOf());
    if (kind === 'webhook') expect(outcome.ok).toBe(true);
    else expect(outcome).toMatchObject({ ok: false, permanent: false, status: 200 });
  });

  it.each([
    ['wecom', 40058, true],
    ['wecom', 93000, true],
    ['wecom', 45009, false],
    ['wecom', -1, false],
    ['dingtalk', 310000, true],
    ['dingtalk', 300001, true],
    ['dingtalk', 130101, false],
    ['feishu', 19001, true],
    ['feishu', 11232, false],
  ] as const)('%s: code %d, permanent: %s', async (kind, code, permanent) => {
    receiver.behave(answer(200, kind === 'feishu' ? { code, msg: 'no' } : { errcode: code, errmsg: 'no' }));
    const outcome = await senderOf().send(channel(kind), alertOf());
    expect(outcome).toMatchObject({ ok: false, permanent });
    expect(outcome.said).toContain(String(code));
  });

  it('a robot of DingTalk over its quota is left alone for the ten minutes it is blocked', async () => {
    receiver.behave(answer(200, { errcode: 130101, errmsg: 'send too fast' }));
    expect(await senderOf().send(channel('dingtalk'), alertOf())).toMatchObject({ permanent: false, retryAfterMs: 600_000 });
  });

  it('a refused signature is final, unless the clock of the provider is wrong', async () => {
    const refused = { code: 19021, msg: 'sign match fail or timestamp is not within one hour from current time' };
    receiver.behave(answer(200, refused, { date: new Date(ALERT_NOW + 1_000).toUTCString() }));
    expect(await senderOf().send(channel('feishu', { secret: 'S' }), alertOf())).toMatchObject({ ok: false, permanent: true });
    receiver.behave(answer(200, refused, { date: new Date(ALERT_NOW - 3 * 3_600_000).toUTCString() }));
    const outcome = await senderOf().send(channel('feishu', { secret: 'S' }), alertOf());
    expect(outcome).toMatchObject({ ok: false, permanent: false });
    expect(outcome.said).toContain('180 min');
  });

  it.each([
    [301, true],
    [302, true],
    [400, true],
    [403, true],
    [404, true],
    [410, true],
    [408, false],
    [425, false],
    [429, false],
    [500, false],
    [503, false],
  ])('status %d, permanent: %s', async (status, permanent) => {
    receiver.behave(answer(status, 'no'));
    for (const kind of robots)
      expect(await senderOf().send(channel(kind), alertOf()), kind).toMatchObject({ ok: false, permanent, status });
  });

  it.each([
    ['7', 7_000],
    [new Date(ALERT_NOW + 30_000).toUTCString(), 30_000],
    ['86400', 900_000],
    ['soon', undefined],
  ])('Retry-After: %s', async (said, ms) => {
    receiver.behave(answer(429, '', { 'retry-after': said }));
    const outcome = await senderOf().send(channel('slack'), alertOf());
    expect(outcome).toMatchObject({ ok: false, permanent: false });
    expect('retryAfterMs' in outcome ? outcome.retryAfterMs : undefined).toBe(ms);
  });
});

describe('a receiver that misbehaves', () => {
  it('that is silent is left when the time is over, and what it says later changes nothing', async () => {
    let late: (() => void) | undefined;
    receiver.behave((response) => {
      late = () => answer(200, 'ok')(response, { path: '', headers: {}, body: '' });
    });
    const outcome = await senderOf({ timeoutMs: 100 }).send(channel('slack'), alertOf());
    expect(outcome).toEqual({ ok: false, permanent: false, status: null, said: 'no answer within 0.1 s' });
    late?.();
    receiver.behave(answer(200, 'ok'));
    expect((await senderOf().send(channel('slack'), alertOf())).ok).toBe(true);
  });

  it('that begins an answer and never ends it is left as well', async () => {
    receiver.behave((response) => {
      response.writeHead(200);
      response.write('{"errcode":');
    });
    expect(await senderOf({ timeoutMs: 200 }).send(channel('wecom'), alertOf())).toMatchObject({
      ok: false,
      permanent: false,
      status: null,
    });
  });

  it('that answers with 50 MB is heard for 64 KB', async () => {
    receiver.behave(flood('{"errcode":0,'));
    expect(await senderOf().send(channel('wecom'), alertOf())).toMatchObject({ ok: false, permanent: false, status: 200 });
    // What the sockets of both sides hold may be on its way; that is far from all of it.
    expect(receiver.written()).toBeLessThan(20_000_000);
    receiver.behave(flood());
    expect(await senderOf().send(channel('webhook'), alertOf())).toMatchObject({ ok: true });
  });

  it('that leads elsewhere is not followed', async () => {
    const inside = await httpReceiver();
    try {
      receiver.behave(answer(307, '', { location: `${inside.url}/secret` }));
      const outcome = await senderOf({ allow: new Set([receiver.allow, inside.allow]) }).send(channel('webhook'), alertOf());
      expect(outcome).toMatchObject({ ok: false, permanent: true, status: 307 });
      expect(inside.received).toHaveLength(0);
    } finally {
      await inside.close();
    }
  });

  it('that cuts the connection is tried again', async () => {
    receiver.resetConnections();
    const outcome = await senderOf().send(channel('wecom'), alertOf());
    expect(outcome).toMatchObject({ ok: false, permanent: false, status: null });
    expect(outcome.said).toContain('connection');
  });

  it('that does not listen, or has no name, is tried again', async () => {
    const gone = await httpReceiver();
    await gone.close();
    const sender = senderOf({
      allow: new Set([gone.allow, 'hook.test:80']),
      resolve: () => Promise.reject(Object.assign(new Error('not found'), { code: 'ENOTFOUND' })),
    });
    expect(await sender.send(channelOf('slack', { url: gone.url }), alertOf())).toMatchObject({
      ok: false,
      permanent: false,
      status: null,
    });
    const nameless = await sender.send(channelOf('slack', { url: 'http://hook.test/x' }), alertOf());
    expect(nameless).toMatchObject({ ok: false, permanent: false, said: 'the name of the host was not found (ENOTFOUND)' });
  });

  it('a resolver that never answers costs no more than the time there is', async () => {
    const sender = senderOf({ timeoutMs: 100, resolve: () => new Promise(() => undefined) });
    expect(await sender.send(channelOf('slack', { url: 'https://hook.test/x' }), alertOf())).toMatchObject({ ok: false, permanent: false });
    receiver.behave(silence);
  });
});

describe('text from outside', () => {
  const title = '<!channel> <at user_id="all">所有人</at> <https://evil.example|查看>';
  it('calls nobody and hides no address', async () => {
    for (const kind of ['slack', 'feishu'] as const) {
      receiver.behave(answer(200, good[kind]));
      await senderOf().send(channel(kind), alertOf({ content: contentOf({ title }) }));
    }
    const [slack, feishu] = receiver.received.map(({ body }) => body);
    expect(slack).not.toMatch(/<!channel>|<https/);
    expect(feishu).not.toContain('<at user_id');
  });

  it.each([
    ['wecom', 2_048, '/text/content'],
    ['slack', 3_000, '/text'],
    ['feishu', 20_480, ''],
    ['dingtalk', 20_000, ''],
  ] as const)('of any length fits %s: %d bytes', async (kind, most, part) => {
    receiver.behave(answer(200, good[kind]));
    const content = contentOf({ title: '漏"水<&'.repeat(4_000), why: '📉'.repeat(4_000) });
    expect(await senderOf().send(channel(kind, { secret: null }), alertOf({ content }))).toMatchObject({ ok: true });
    const body = receiver.received.at(-1)?.body ?? '';
    const counted = part.split('/').reduce<unknown>((value, name) => (name === '' ? value : Object(value)[name]), JSON.parse(body));
    expect(Buffer.byteLength(typeof counted === 'string' ? counted : body)).toBeLessThanOrEqual(most);
    expect(body).toContain('https://war.example.com/incidents/i-17');
  });
});
