import { describe, expect, it } from 'vitest';
import { createDecoder } from '../../server/pipeline/decode/decode.ts';
import { decodeUtf8, encodeUtf8 } from '../../server/adapters/system/bytes.ts';
import { instantMs } from '../../shared/events/rfc3339.ts';

const decode = createDecoder({ currency: 'CNY', decodeUtf8 });
const now = Date.parse('2026-11-23T12:00:00Z');
const mention = (time: string, detectedAt: unknown) =>
  decode(
    encodeUtf8(
      JSON.stringify({
        ...{ specversion: '1.0', id: 'e', source: '/monitor', type: 'sentiment.mention', time },
        data: { mentionId: 'm', version: 1, platform: '微博', brand: '山澜', text: '漏', detectedAt },
      }),
    ),
    {},
    now,
  );

describe('[I8] `time` and `detectedAt` have one reader', () => {
  it.each([
    '2026-11-23T11:00:00Z',
    '2026-11-23t11:00:00z',
    '2026-11-23t11:00:00.123456789z',
    '2026-11-23T11:00:00+23:59',
    '2026-11-23T11:00:00',
    '2026-11-23T11:00Z',
    '2026-11-31T11:00:00Z',
    '2026-11-23T11:00:60Z',
    '2026-11-23 11:00:00Z',
    '1795432800000',
    '',
  ])('%s', (text) => {
    expect(mention('2026-11-23T10:00:00Z', text).ok).toBe(mention(text, '2026-11-23T10:00:00Z').ok);
  });

  it.each(['0001-01-01T00:00:00Z', '1970-01-01t00:00:00z', '9999-12-31T23:59:59.999+14:00'])(
    'a detection of any year is taken: %s',
    (text) => {
      expect(mention('2026-11-23T10:00:00Z', text)).toMatchObject({ ok: true, event: { data: { detectedAt: text } } });
    },
  );

  it('an unreadable detection is refused with the words `time` gets', () => {
    expect(mention('2026-11-23T10:00:00Z', '2026-02-30T00:00:00Z')).toMatchObject({
      ok: false,
      rejection: { code: 'invalid_data', path: 'data.detectedAt', message: expect.stringContaining('does not exist') as string },
    });
  });

  it('what version 0.1 stored without seconds is still read', () => {
    expect(instantMs('2026-11-23T10:00Z')).toBe(Date.parse('2026-11-23T10:00:00Z'));
  });
});
