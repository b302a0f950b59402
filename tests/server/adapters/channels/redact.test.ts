import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redacted, secretsOf } from '../../../../server/adapters/channels/redact.ts';
import { channelOf } from '../../../helpers/alert-samples.ts';

const KEY = 'canary-key-7f31';
const SECRET = 'SEC+canary/secret=="x"';
const channel = channelOf('dingtalk', { url: `https://hooks.example.com/services/T0/${KEY}2?access_token=${KEY}`, secret: SECRET });
const ackLink = 'https://war.example.com/ack/eyJs.canarysig';
const secrets = secretsOf(channel, { ackLink });

describe('what a provider repeats', () => {
  it.each([
    channel.url ?? '',
    KEY,
    `${KEY}2`,
    SECRET,
    encodeURIComponent(SECRET),
    JSON.stringify({ SECRET }),
    Buffer.from(SECRET).toString('base64'),
    KEY.toUpperCase(),
    ackLink,
    'eyJs.canarysig',
  ])('is hidden: %s', (text) => {
    const said = redacted(`before ${text} after`, secrets);
    expect(said).toMatch(/^before .*\[secret\].* after$/);
    expect(said.toLowerCase()).not.toMatch(/canary|sec\+/);
  });

  it('is hidden where what was read ends within it', () => {
    for (let cut = 4; cut < SECRET.length; cut++) expect(redacted(`no ${SECRET.slice(0, cut)}`, secrets)).toBe('no [secret]');
  });

  it('is hidden however often it comes, and the rest is one short line', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(KEY, SECRET, channel.url ?? ''), fc.string()), { maxLength: 60 }), (parts) => {
        const said = redacted(parts.join(' '), secrets);
        expect(said).not.toContain(KEY);
        expect(said).not.toContain(SECRET);
        expect(said.length).toBeLessThanOrEqual(301);
        expect(said).not.toMatch(/[\r\n\u202e]/);
      }),
    );
  });
});
