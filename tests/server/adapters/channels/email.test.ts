import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { createChannelSender } from '../../../../server/adapters/channels/sender.ts';
import { alertOf, ALERT_NOW, channelOf, contentOf } from '../../../helpers/alert-samples.ts';
import { silentLogger } from '../../../helpers/silent-logger.ts';
import { smtpReceiver, type SmtpFaults, type SmtpReceiver } from '../../../helpers/smtp-receiver.ts';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});
async function receiverOf(faults: SmtpFaults = {}): Promise<SmtpReceiver> {
  const receiver = await smtpReceiver(faults);
  open.push(receiver.close);
  return receiver;
}

const noPush = { keys: () => Promise.reject(new Error('no keys')), of: () => Promise.resolve([]), forget: () => Promise.resolve() };
const senderOf = (allow: readonly string[], timeoutMs = 5_000) =>
  createChannelSender({
    ...{ clock: { now: () => ALERT_NOW, monotonic: () => 0 }, logger: silentLogger, push: noPush, allow: new Set(allow), timeoutMs },
    ...{ language: 'zh-CN', timeZone: 'Asia/Shanghai' },
  });
const options = { from: 'alerts@example.com', to: 'pr@example.com' };
const PASSWORD = 'canary-0f9d2b7c';

describe('mail', () => {
  it('[N2] is plain and HTML, threaded by incident, with a message id that is the same in every try', async () => {
    const receiver = await receiverOf();
    const sender = senderOf([receiver.allow]);
    const channel = channelOf('email', { url: receiver.url, options });
    expect(await sender.send(channel, alertOf({ address: 'yue@example.com' }))).toMatchObject({ ok: true, status: 250 });
    await sender.send(channel, alertOf({ address: 'yue@example.com' }));
    await sender.send(
      channel,
      alertOf({ idempotencyKey: 'i-17 1 breach', content: contentOf({ title: '<b>漏水</b>', reason: 'breached' }) }),
    );
    const [first, again, breach] = receiver.mails.map(({ source }) => source);
    expect(receiver.mails.map(({ to }) => to)).toEqual([['yue@example.com'], ['yue@example.com'], ['pr@example.com']]);
    const header = (source: string | undefined, name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(source ?? '')?.[1]?.trim();
    expect(header(first, 'message-id')).toMatch(/^<[0-9a-f]{32}@example\.com>$/);
    expect(header(again, 'message-id')).toBe(header(first, 'message-id'));
    expect(header(breach, 'message-id')).not.toBe(header(first, 'message-id'));
    expect(header(first, 'references')).toMatch(/^<incident-[0-9a-f]{32}@example\.com>$/);
    expect(header(breach, 'references')).toBe(header(first, 'references'));
    expect(header(breach, 'in-reply-to')).toBe(header(first, 'references'));
    expect(first).toContain('text/plain');
    expect(first).toContain('text/html');
    const html = Buffer.from(/text\/html[^]*?\r\n\r\n([^]*?)\r\n--/.exec(breach ?? '')?.[1] ?? '', 'base64').toString('utf8');
    const shown = html.includes('&lt;b&gt;') ? html : (breach ?? '');
    expect(shown).toContain('&lt;b&gt;');
    expect(shown).not.toContain('<b>漏水');
  });

  it('cannot be led to other receivers or headers by what is written in it', async () => {
    const receiver = await receiverOf();
    const channel = channelOf('email', { url: receiver.url, options });
    const content = contentOf({ brand: '山澜\r\nBcc: evil@example.net', title: 'x\r\n.\r\nRCPT TO:<evil@example.net>' });
    await senderOf([receiver.allow]).send(channel, alertOf({ content }));
    expect(receiver.mails).toHaveLength(1);
    expect(receiver.mails[0]?.to).toEqual(['pr@example.com']);
    expect(receiver.mails[0]?.source).not.toMatch(/^bcc:/im);
    const refused = await senderOf([receiver.allow]).send(channel, alertOf({ address: 'a@example.com, b@example.com' }));
    expect(refused).toMatchObject({ ok: false, permanent: true });
  });

  it.each([
    [{ code: 550, words: '5.1.1 no such user' }, true],
    [{ code: 450, words: '4.2.1 mailbox busy' }, false],
  ])('a refused receiver: %o, permanent: %s', async (refuseRecipient, permanent) => {
    const receiver = await receiverOf({ refuseRecipient });
    const outcome = await senderOf([receiver.allow]).send(channelOf('email', { url: receiver.url, options }), alertOf());
    expect(outcome).toMatchObject({ ok: false, permanent, status: refuseRecipient.code });
    expect(outcome.said).toContain(refuseRecipient.words);
  });

  it('a refused sign-in is final and does not repeat the password', async () => {
    const receiver = await receiverOf({ refuseSignIn: true });
    const channel = channelOf('email', { url: receiver.url, secret: PASSWORD, options: { ...options, user: 'alerts' } });
    const outcome = await senderOf([receiver.allow]).send(channel, alertOf());
    expect(receiver.passwords).toEqual([PASSWORD]);
    expect(outcome).toMatchObject({ ok: false, permanent: true, status: 535 });
    expect(outcome.said).toContain('[secret] is not the password');
  });

  it('a server that takes the mail and says nothing is left when the time is over', async () => {
    const receiver = await receiverOf({ silentAfterData: true });
    const outcome = await senderOf([receiver.allow], 300).send(channelOf('email', { url: receiver.url, options }), alertOf());
    expect(outcome).toMatchObject({ ok: false, permanent: false, status: null });
  });

  it('a server that floods is cut off, and one that is no mail server is tried again', async () => {
    const flooding = createServer((socket) => {
      socket.on('error', () => undefined);
      const more = (): void => {
        while (!socket.destroyed && socket.write('220-'.padEnd(65_534, 'x') + '\r\n'));
        socket.once('drain', more);
      };
      more();
    });
    flooding.listen(0, '127.0.0.1');
    await once(flooding, 'listening');
    open.push(() => new Promise((resolve) => flooding.close(() => resolve())));
    const address = flooding.address();
    const at = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    const outcome = await senderOf([at]).send(channelOf('email', { url: `smtp://${at}`, options }), alertOf());
    expect(outcome).toMatchObject({ ok: false, permanent: false });
  });

  it('goes to no private address, and in clear only where an exception says so', async () => {
    const receiver = await receiverOf();
    const channel = channelOf('email', { url: receiver.url, options });
    expect(await senderOf([]).send(channel, alertOf())).toMatchObject({ ok: false, permanent: true });
    expect(receiver.mails).toHaveLength(0);
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    const sender = createChannelSender({
      ...{ clock: { now: () => ALERT_NOW, monotonic: () => 0 }, logger: silentLogger, push: noPush, allow: new Set<string>(), resolve },
      ...{ language: 'zh-CN', timeZone: 'Asia/Shanghai' },
    });
    const url = `smtp://mail.test:${new URL(receiver.url.replace('smtp', 'http')).port}`;
    const outcome = await sender.send(channelOf('email', { url, options }), alertOf());
    expect(outcome).toMatchObject({ ok: false, permanent: false });
    expect(outcome.said).toContain('private network');
    expect(receiver.mails).toHaveLength(0);
  });
});
