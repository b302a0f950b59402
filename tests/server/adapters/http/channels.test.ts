import { createECDH, randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { channelList, type ChannelDocument, type ChannelView, testOutcome } from '../../../../shared/incidents/channels.ts';
import { createChannelBook } from '../../../../server/pipeline/services/channel-book.ts';
import { createSecretBox } from '../../../../server/adapters/secrets/secret-box.ts';
import { createProblems } from '../../../../server/pipeline/ports/problems.ts';
import { httpReceiver, type HttpReceiver } from '../../../helpers/http-receiver.ts';
import { problemOf, raw, type Rig, startRig } from './rig.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const open: HttpReceiver[] = [];
afterEach(async () => {
  for (const receiver of open.splice(0)) await receiver.close();
});
async function receiverOf(): Promise<HttpReceiver> {
  const receiver = await httpReceiver();
  open.push(receiver);
  return receiver;
}

const put = (rig: Rig, channels: readonly Partial<ChannelDocument>[]) =>
  raw(rig, 'PUT', '/api/channels', JSON_TYPE, JSON.stringify({ channels }));
async function list(rig: Rig): Promise<readonly ChannelView[]> {
  return channelList.parse(JSON.parse((await raw(rig, 'GET', '/api/channels')).body)).channels;
}
const wecom = { id: 'pr', kind: 'wecom', url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=canary-3c7e', enabled: true } as const;
const feishu = {
  id: 'fs',
  kind: 'feishu',
  url: 'https://open.feishu.cn/open-apis/bot/v2/hook/canary-91aa',
  secret: 'canary-7d20',
  enabled: true,
} as const;

describe('GET and PUT /api/channels', () => {
  it('are not overwritten by whoever has not seen the last change', async () => {
    const rig = await startRig();
    const save = (channels: readonly Partial<ChannelDocument>[], owner: string, basedOn?: number) =>
      raw(rig, 'PUT', '/api/channels', JSON_TYPE, JSON.stringify({ channels, owner, ...(basedOn === undefined ? {} : { basedOn }) }));
    const present = async () => channelList.parse(JSON.parse((await raw(rig, 'GET', '/api/channels')).body));
    expect(await present()).toMatchObject({ version: 0, channels: [] });
    const names = ['甲', '乙', '丙', '丁'];
    const tries = await Promise.all(names.map((owner, n) => save([{ ...wecom, id: `of-${n}` }], owner, 0)));
    expect(tries.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409]);
    const first = await present();
    expect(first.channels).toHaveLength(1);
    const lost = tries.find(({ status }) => status === 409);
    expect(lost && problemOf(lost)).toMatchObject({ code: 'changed_meanwhile', path: 'basedOn', present: first });
    expect(JSON.stringify(lost)).not.toContain('canary');
    // A change of the one that stands goes through, and sent again it is answered as before.
    const second = [wecom, feishu];
    expect((await save(second, '戊', first.version)).status).toBe(200);
    expect((await save(second, '戊', first.version)).status).toBe(200);
    expect((await present()).version).toBe(first.version + 1);
    // A program that names no version sets what it says.
    expect((await save([wecom], '己')).status).toBe(200);
    expect(problemOf(await save([wecom], '庚', -1))).toMatchObject({ status: 422, path: 'basedOn' });
  });

  it('keep what stands at the moment of the change, not what stood when it was asked for', async () => {
    const rig = await startRig();
    await put(rig, [wecom]);
    await list(rig);
    const renewed = { ...wecom, url: `${wecom.url}-renewed` };
    const { id, kind } = wecom;
    // Both begin with the list as it stands now.
    const { channels } = rig.services;
    await Promise.all([channels.put({ channels: [renewed] }), channels.put({ channels: [{ id, kind, enabled: false }] })]);
    const book = createChannelBook({
      ...{ reads: rig.store.reads, box: createSecretBox([Buffer.alloc(32, 7)]), problems: createProblems() },
    });
    expect((await book.all()).map(({ url, enabled }) => [url, enabled])).toEqual([[renewed.url, false]]);
  });

  it('keeps who changed the list, when, why and to what, and no address and no secret with it', async () => {
    const rig = await startRig();
    const save = (channels: readonly Partial<ChannelDocument>[], who: Readonly<Record<string, string>> = {}) =>
      raw(rig, 'PUT', '/api/channels', JSON_TYPE, JSON.stringify({ channels, ...who }));
    const history = async () => channelList.parse(JSON.parse((await raw(rig, 'GET', '/api/channels')).body)).history;
    const { id, kind } = feishu;
    await save([wecom, feishu], { owner: '林悦', reason: '接入' });
    await save([wecom, { id, kind, enabled: true }], { owner: '林悦', reason: '再存一次' });
    await save([{ id, kind, enabled: false, url: `${feishu.url}x`, secret: null, options: { language: 'en' } }], {
      owner: '周屿',
      reason: '',
    });
    expect(await history()).toEqual([
      { at: expect.any(Number), owner: '林悦', reason: '接入', changes: ['pr', 'fs'].map((one) => ({ id: one, what: 'added' })) },
    ]);
    await save([{ id, kind, enabled: false, url: `${feishu.url}x`, secret: null, options: { language: 'en' } }]);
    const [last, ...others] = await history();
    expect(last).toMatchObject({ owner: null, reason: null });
    expect(last?.changes.map((change) => `${change.id} ${change.what}`)).toEqual([
      ...['fs disabled', 'fs url', 'fs secretRemoved', 'fs options', 'pr removed'],
    ]);
    expect(others).toHaveLength(1);
    expect(JSON.stringify(await history())).not.toContain('canary');
  });

  it('shows scheme and host, and whether there is a secret, and no more', async () => {
    const rig = await startRig();
    expect(await list(rig)).toEqual([]);
    const answer = await put(rig, [wecom, feishu]);
    expect(answer.status).toBe(200);
    expect(await list(rig)).toEqual([
      {
        id: 'pr',
        kind: 'wecom',
        enabled: true,
        urlSet: true,
        urlShown: 'https://qyapi.weixin.qq.com',
        secretSet: false,
        options: {},
        readable: true,
      },
      {
        id: 'fs',
        kind: 'feishu',
        enabled: true,
        urlSet: true,
        urlShown: 'https://open.feishu.cn',
        secretSet: true,
        options: {},
        readable: true,
      },
    ]);
    expect(answer.body).not.toContain('canary');
  });

  it('keeps what is absent, removes what is null, drops what is not in the list, and takes back what it showed', async () => {
    const rig = await startRig();
    await put(rig, [wecom, feishu]);
    const shown = await list(rig);
    expect((await put(rig, [...shown].reverse())).status).toBe(200);
    expect(await list(rig)).toEqual([...shown].reverse());
    await put(rig, [{ id: 'fs', kind: 'feishu', secret: null, enabled: false }]);
    expect(await list(rig)).toMatchObject([{ id: 'fs', enabled: false, urlSet: true, secretSet: false }]);
  });

  it('does not send a kept secret to another host: it must be given again', async () => {
    const rig = await startRig();
    await put(rig, [feishu]);
    const moved = { id: 'fs', kind: 'feishu', url: 'https://evil.example/hook/x', enabled: true } as const;
    expect(problemOf(await put(rig, [moved]))).toMatchObject({ status: 422, code: 'secret_again', path: 'channels[0].secret' });
    expect((await put(rig, [{ ...moved, secret: 'another' }])).status).toBe(200);
    // A channel of another kind begins with nothing.
    await put(rig, [{ id: 'fs', kind: 'webhook', url: 'https://evil.example/x', enabled: true }]);
    expect(await list(rig)).toMatchObject([{ kind: 'webhook', secretSet: false }]);
  });

  it.each<[string, Partial<ChannelDocument>, string, string]>([
    ['http', { ...wecom, url: 'http://qyapi.weixin.qq.com/x' }, 'invalid_channel', 'channels[0].url'],
    ['a private address', { ...wecom, url: 'https://0x7f000001/x' }, 'invalid_channel', 'channels[0].url'],
    ['no address', { id: 'pr', kind: 'slack', enabled: true }, 'invalid_channel', 'channels[0].url'],
    [
      'an address where there is none',
      { id: 'b', kind: 'push', url: 'https://a.example', enabled: true },
      'invalid_channel',
      'channels[0].url',
    ],
    [
      'a secret that is none',
      { id: 'w', kind: 'webhook', url: 'https://a.example', secret: 'plain', enabled: true },
      'invalid_channel',
      'channels[0].secret',
    ],
    ['an option there is not', { ...wecom, options: { password: 'x' } }, 'invalid_channel', 'channels[0].options'],
    [
      'mail without a sender',
      { id: 'm', kind: 'email', url: 'smtps://mail.example.com', enabled: true },
      'invalid_channel',
      'channels[0].options.from',
    ],
  ])('refuses %s, keeps the list as it was and repeats nothing secret', async (_name, channel, code, path) => {
    const rig = await startRig();
    await put(rig, [feishu]);
    const answer = await put(rig, [channel]);
    expect(problemOf(answer)).toMatchObject({ status: 422, code, path });
    expect(answer.body).not.toContain('0x7f');
    expect(await list(rig)).toMatchObject([{ id: 'fs' }]);
  });

  it('refuses two of one id', async () => {
    expect(problemOf(await put(await startRig(), [wecom, wecom]))).toMatchObject({ status: 422, code: 'id_twice' });
  });

  it('says which channels a lost key has made unreadable, keeps them, and lets them be set again', async () => {
    const rig = await startRig();
    await put(rig, [wecom, feishu]);
    const problems = createProblems();
    const book = createChannelBook({ reads: rig.store.reads, box: createSecretBox([Buffer.alloc(32, 8)]), problems });
    expect(await book.all()).toEqual([]);
    expect((await book.read()).channels.map(({ kind, channel }) => [kind, channel])).toEqual([
      ['wecom', undefined],
      ['feishu', undefined],
    ]);
    expect(problems.list()).toEqual(['secrets_unreadable']);
  });
});

describe('POST /api/channels/:id/test', () => {
  it('sends one message and says what the provider answered', async () => {
    const receiver = await receiverOf();
    const rig = await startRig({ channelAllow: [receiver.allow] });
    receiver.behave((response) => response.end('{"errcode":93000,"errmsg":"invalid webhook url"}'));
    await put(rig, [{ ...wecom, url: `${receiver.url}?key=canary-3c7e` }]);
    const answer = await raw(rig, 'POST', '/api/channels/pr/test', JSON_TYPE, '{}');
    expect(answer.status).toBe(200);
    const outcome = testOutcome.parse(JSON.parse(answer.body));
    expect(outcome).toMatchObject({ ok: false, status: 200 });
    expect(outcome.said).toContain('93000 invalid webhook url');
    expect(receiver.received[0]?.body).toContain('测试消息');
    expect(problemOf(await raw(rig, 'POST', '/api/channels/none/test', JSON_TYPE, '{}'))).toMatchObject({ status: 404 });
  });
});

describe('secrets', () => {
  const canary = 'canary-c0ffee-5e1f';
  it('are in no answer, no log, no metric, and not in the file of the store, whatever the provider repeats', async () => {
    const receiver = await receiverOf();
    const rig = await startRig({ channelAllow: [receiver.allow] });
    const key = Buffer.from(canary.padEnd(32, '-')).toString('base64');
    const channels: Partial<ChannelDocument>[] = [
      { id: 'a', kind: 'wecom', url: `${receiver.url}?key=${canary}`, enabled: true },
      { id: 'b', kind: 'dingtalk', url: `${receiver.url}?access_token=${canary}`, secret: `SEC${canary}`, enabled: true },
      { id: 'c', kind: 'feishu', url: `${receiver.url}/${canary}`, secret: canary, enabled: true },
      { id: 'd', kind: 'slack', url: `${receiver.url}/${canary}`, enabled: true },
      { id: 'e', kind: 'webhook', url: `${receiver.url}/${canary}`, secret: `whsec_${key}`, enabled: true },
    ];
    const said: string[] = [(await put(rig, channels)).body];
    const faults: ((text: string) => { status: number; body: string })[] = [
      (text) => ({ status: 200, body: JSON.stringify({ errcode: 1, code: 1, errmsg: text, msg: text }) }),
      (text) => ({ status: 400, body: text }),
      (text) => ({ status: 500, body: `<html>${encodeURIComponent(text)}</html>` }),
      (text) => ({ status: 404, body: Buffer.from(canary).toString('base64') + text.toUpperCase() }),
    ];
    for (const fault of faults) {
      receiver.behave((response, { path, headers, body }) => {
        const told = fault(`${path} ${JSON.stringify(headers)} ${body} ${canary} SEC${canary} whsec_${key}`);
        response.writeHead(told.status, { 'x-echo': canary });
        response.end(told.body);
      });
      for (const id of ['a', 'b', 'c', 'd', 'e']) said.push((await raw(rig, 'POST', `/api/channels/${id}/test`, JSON_TYPE, '{}')).body);
    }
    // Refusals, too: the same list with one address that is wrong.
    said.push((await put(rig, [...channels, { id: 'f', kind: 'slack', url: `http://a.example/${canary}`, enabled: true }])).body);
    said.push((await put(rig, [{ id: 'c', kind: 'feishu', url: `https://b.example/${canary}`, enabled: true }])).body);
    said.push(
      (await raw(rig, 'PUT', '/api/channels', JSON_TYPE, `{"channels":[{"id":"x","kind":"slack","url":5,"secret":"${canary}"}]}`)).body,
    );
    for (const path of ['/api/channels', '/metrics', '/readyz', '/healthz', '/openapi.json', '/api/push/key'])
      said.push((await raw(rig, 'GET', path)).body);
    expect(receiver.received.length).toBe(20);
    const everything = [...said, ...rig.log].join('\n').toLowerCase();
    for (const form of [canary, key, Buffer.from(canary).toString('base64'), encodeURIComponent(canary)])
      expect(everything).not.toContain(form.toLowerCase());
    const { readFileSync, readdirSync } = await import('node:fs');
    for (const file of readdirSync(rig.store.folder)) {
      const bytes = readFileSync(`${rig.store.folder}/${file}`);
      for (const form of [canary, key]) expect(bytes.includes(form), file).toBe(false);
    }
    expect(rig.bugs).toEqual([]);
  });
});

describe('browsers that ask to be told', () => {
  const subscription = (endpoint: string) => {
    const p256dh = createECDH('prime256v1').generateKeys('base64url');
    return { endpoint, keys: { p256dh, auth: randomBytes(16).toString('base64url') } };
  };
  const subscribe = (rig: Rig, endpoint: string) =>
    raw(rig, 'POST', '/api/push/subscriptions', JSON_TYPE, JSON.stringify({ person: '林悦', subscription: subscription(endpoint) }));

  it('get the messages of their person; one that has given up is forgotten', async () => {
    const receiver = await receiverOf();
    const rig = await startRig({ channelAllow: [receiver.allow] });
    const { publicKey } = JSON.parse((await raw(rig, 'GET', '/api/push/key')).body) as { publicKey: string };
    expect(publicKey).toMatch(/^[\w-]{87}$/);
    expect(JSON.parse((await raw(rig, 'GET', '/api/push/key')).body)).toEqual({ publicKey });
    await put(rig, [{ id: 'browser', kind: 'push', enabled: true }]);
    const answer = await subscribe(rig, `${receiver.url}/canary-41`);
    expect(answer.status).toBe(201);
    expect(answer.body).not.toContain('canary');
    receiver.behave((response) => {
      response.writeHead(201);
      response.end();
    });
    const test = () => raw(rig, 'POST', '/api/channels/browser/test', JSON_TYPE, '{"person":"林悦"}');
    expect(JSON.parse((await test()).body)).toMatchObject({ ok: true, status: 201 });
    receiver.behave((response) => {
      response.writeHead(410);
      response.end();
    });
    expect(JSON.parse((await test()).body)).toMatchObject({ ok: false, status: 410 });
    expect(JSON.parse((await test()).body)).toMatchObject({ ok: false, said: 'no browser of this person asked to be told' });
    expect(receiver.received).toHaveLength(2);
  });

  it.each(['http://push.example.com/x', 'https://127.0.0.1/x', 'https://[::1]/x', 'file:///etc/passwd'])('not at %s', async (endpoint) => {
    expect(problemOf(await subscribe(await startRig(), endpoint))).toMatchObject({ status: 422, code: 'invalid_endpoint' });
  });
});
