import { createECDH, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newPushKeys } from '../../../../server/adapters/channels/push.ts';
import { createChannelSender } from '../../../../server/adapters/channels/sender.ts';
import { alertOf, ALERT_NOW, channelOf, contentOf } from '../../../helpers/alert-samples.ts';
import { answer, type HttpReceiver, httpReceiver } from '../../../helpers/http-receiver.ts';
import { silentLogger } from '../../../helpers/silent-logger.ts';

let receiver: HttpReceiver;
beforeEach(async () => {
  receiver = await httpReceiver();
});
afterEach(() => receiver.close());

const channel = channelOf('push', { url: null });
const alert = alertOf({ person: { id: 'yue', name: '林悦' } });

function browser(path: string) {
  const ecdh = createECDH('prime256v1');
  const p256dh = ecdh.generateKeys('base64url');
  const endpoint = new URL(path, receiver.url).href;
  return { id: path, person: 'yue', endpoint, p256dh, auth: randomBytes(16).toString('base64url') };
}

function senderTo(browsers: ReturnType<typeof browser>[]) {
  const gone: string[] = [];
  const asked: (readonly string[])[] = [];
  const keys = { subject: 'mailto:pr@example.com', ...newPushKeys() };
  const sender = createChannelSender({
    ...{ clock: { now: () => ALERT_NOW, monotonic: () => 0 }, logger: silentLogger, allow: new Set([receiver.allow]) },
    ...{ language: 'zh-CN', timeZone: 'Asia/Shanghai' },
    push: {
      keys: () => Promise.resolve(keys),
      of: (people) => {
        asked.push(people);
        return Promise.resolve(browsers);
      },
      forget: (id) => {
        gone.push(id);
        return Promise.resolve();
      },
    },
  });
  return { sender, gone, asked };
}

describe('messages to browsers', () => {
  it('go encrypted and signed to every browser of the person', async () => {
    receiver.behave(answer(201, ''));
    const { sender, asked } = senderTo([browser('/one'), browser('/two')]);
    const long = contentOf({ title: '漏"水<&'.repeat(4_000), why: '说'.repeat(5_000) });
    expect(await sender.send(channel, { ...alert, content: long })).toMatchObject({ ok: true, status: 201 });
    expect(asked).toEqual([['yue', '林悦']]);
    expect(receiver.received.map(({ path }) => path).sort()).toEqual(['/one', '/two']);
    const [first] = receiver.received;
    expect(first?.headers['content-encoding']).toBe('aes128gcm');
    expect(first?.headers['authorization']).toMatch(/^vapid t=/);
    expect(first?.headers['urgency']).toBe('high');
    expect(Number(first?.headers['content-length'])).toBeLessThanOrEqual(4_096);
    expect(first?.body).not.toContain('A17');
  });

  it('a browser that gave up is forgotten; one that was reached is enough', async () => {
    receiver.behave((response, { path }) => {
      response.writeHead(path === '/gone' ? 410 : 201);
      response.end();
    });
    const { sender, gone } = senderTo([browser('/gone'), browser('/there')]);
    expect(await sender.send(channel, alert)).toMatchObject({ ok: true });
    expect(gone).toEqual(['/gone']);
    const alone = senderTo([browser('/gone')]);
    expect(await alone.sender.send(channel, alert)).toMatchObject({ ok: false, permanent: true, status: 410 });
    expect(alone.gone).toEqual(['/gone']);
  });

  it('a push service that is busy is tried again, and a person without a browser is final', async () => {
    receiver.behave(answer(429, '', { 'retry-after': '5' }));
    const { sender, gone } = senderTo([browser('/busy')]);
    expect(await sender.send(channel, alert)).toMatchObject({ ok: false, permanent: false, retryAfterMs: 5_000 });
    expect(gone).toEqual([]);
    expect(await senderTo([]).sender.send(channel, alert)).toMatchObject({ ok: false, permanent: true });
  });
});
