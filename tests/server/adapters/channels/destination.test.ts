import { lookup } from 'node:dns/promises';
import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../../../server/adapters/channels/addresses.ts';
import { destinationOf } from '../../../../server/adapters/channels/destination.ts';
import { post } from '../../../../server/adapters/channels/http-request.ts';
import { httpReceiver } from '../../../helpers/http-receiver.ts';

const none: ReadonlySet<string> = new Set();

describe('addresses', () => {
  it.each([
    ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '100.100.100.200', '127.0.0.1', '127.255.255.254', '168.63.129.16', '169.254.169.254'],
    ...['172.16.0.1', '172.31.255.255', '192.0.0.8', '192.0.2.1', '192.168.1.1', '198.18.0.1', '198.19.255.255', '203.0.113.9'],
    ...['224.0.0.1', '240.0.0.1', '255.255.255.255', '::', '::1', '::127.0.0.1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1'],
    ...['64:ff9b::7f00:1', '64:ff9b::169.254.169.254', '64:ff9b:1::1', 'fc00::1', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'fec0::1'],
    ...['ff02::1', '2001::1', '2001:db8::1', '2002:7f00:1::', '3fff::1', '100::1', '5f00::1', '2606:4700::1111%lo', 'localhost', ''],
  ])('refused: %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    '1.1.1.1',
    '47.95.0.1',
    '172.32.0.1',
    '100.128.0.1',
    '198.20.0.1',
    '2606:4700:4700::1111',
    '2400:3200::1',
    '::ffff:1.1.1.1',
    '64:ff9b::101:101',
  ])('public: %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('what is written as an address', () => {
  it.each([
    ...['https://127.1/', 'https://2130706433/', 'https://0x7f000001/', 'https://0177.0.0.1/', 'https://0x7f.1/', 'https://0/'],
    ...[
      'https://①②⑦.⓪.⓪.①/',
      'https://127。0。0。1/',
      'https://good.com@127.0.0.1/',
      'https://127.0.0.1\\@good.com/',
      'https:/\\127.0.0.1/',
    ],
    ...['https://[::ffff:127.0.0.1]/', 'https://[64:ff9b::7f00:1]/', 'https://[::]/', 'https://127.0.0.1./', 'https://[fe80::1%25eth0]/'],
    ...['http://example.com/', 'ftp://example.com/', 'file:///etc/passwd', 'gopher://x/', 'https://user:pass@example.com/', 'nonsense', ''],
  ])('is refused before anything is sent: %s', (url) => {
    expect(typeof destinationOf(url, 'http', none)).toBe('string');
  });

  it.each(['smtp://127.0.0.1:25', 'smtps://0x7f000001', 'smtps://[::1]:465', 'https://mail.example.com', 'smtp://a:b@mail.example.com'])(
    'is refused for mail: %s',
    (url) => {
      expect(typeof destinationOf(url, 'smtp', none)).toBe('string');
    },
  );

  it('names the host and the port, and exceptions hold for exactly one of each', () => {
    const allow = new Set(['relay.lan:25', '127.0.0.1:8080', '[::1]:8080']);
    expect(destinationOf('https://Example.com./x', 'http', allow)).toEqual({
      host: 'example.com',
      port: 443,
      encrypted: true,
      allowed: false,
    });
    expect(destinationOf('smtp://Relay.LAN:25', 'smtp', allow)).toEqual({ host: 'relay.lan', port: 25, encrypted: false, allowed: true });
    expect(destinationOf('http://127.0.0.1:8080/', 'http', allow)).toMatchObject({ allowed: true });
    expect(destinationOf('http://[::1]:8080/', 'http', allow)).toMatchObject({ host: '::1', allowed: true });
    for (const other of ['http://127.0.0.1:8081/', 'http://127.0.0.2:8080/', 'http://localhost:8080/'])
      expect(typeof destinationOf(other, 'http', allow)).toBe('string');
  });
});

describe('what a name leads to', () => {
  const message = (url: string) => ({ url, headers: {}, body: '{}' });

  it.each([
    ['one private address', ['127.0.0.1']],
    ['a private one among public ones', ['1.1.1.1', '::ffff:10.0.0.1']],
    ['metadata of a cloud', ['169.254.169.254']],
  ])('is judged at connect time: %s', async (_name, addresses) => {
    const resolve = async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    const outcome = await post(message('https://hook.test/x'), { resolve, allow: none, timeoutMs: 5_000 });
    expect(outcome).toMatchObject({ kind: 'failure', permanent: false });
    expect('words' in outcome ? outcome.words : '').toContain('private network');
  });

  it('a real resolver’s localhost is refused as well', async () => {
    const resolve = (host: string) => lookup(host, { all: true });
    expect(await post(message('https://localhost/'), { resolve, allow: none, timeoutMs: 5_000 })).toMatchObject({ kind: 'failure' });
  });

  it('a name that answers differently the second time is asked once: what was judged is what is connected to', async () => {
    const [outside, inside] = [await httpReceiver(), await httpReceiver()];
    try {
      let asked = 0;
      // The first answer leads nowhere; a second question would lead inside.
      const resolve = async () => [{ address: asked++ === 0 ? '127.0.0.9' : '127.0.0.1', family: 4 }];
      const url = `http://hook.test:${inside.port}/`;
      const outcome = await post(message(url), { resolve, allow: new Set([`hook.test:${inside.port}`]), timeoutMs: 5_000 });
      expect(outcome.kind).toBe('failure');
      expect(asked).toBe(1);
      expect(inside.received).toHaveLength(0);
      expect(outside.received).toHaveLength(0);
    } finally {
      await Promise.all([outside.close(), inside.close()]);
    }
  });
});
