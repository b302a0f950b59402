/** [TX5] Text from outside cannot change our own words, and a link says where it leads. */
import { describe, expect, it } from 'vitest';
import { isolated, webAddress, withoutPiles, withoutPictures } from '../../../client/format/outside.ts';

describe('[TX5] text in a sentence of ours', () => {
  it('is left as it is where it turns nothing', () => {
    for (const plain of ['林悦', 'Ana María', '👨‍👩‍👧', '']) expect(isolated(plain)).toBe(plain);
  });
  it.each(['\u202egnorts', 'دلتا', '\u2067x', 'a\u200fb', 'x\u2069\u202e'])('%j ends its direction itself', (text) => {
    const said = isolated(text);
    expect(said.startsWith('\u2068') && said.endsWith('\u2069')).toBe(true);
    expect(said.slice(1, -1)).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/u);
  });
  it('carries at most four marks on a letter', () => {
    expect(withoutPiles(`Z${'\u0335\u0489'.repeat(150)}!`)).toBe('Z\u0335\u0489\u0335\u0489!');
    expect(withoutPiles('ที่รักษ์ é ệ')).toBe('ที่รักษ์ é ệ');
  });
});

describe('[TX5] a link', () => {
  it.each([
    ['https://weibo.com/1?a=b', 'weibo.com'],
    [' HTTP://Example.COM:8080/x ', 'example.com:8080'],
    ['https://weibo.com@evil.example/x', 'evil.example'],
    ['https://wеibo.com/', 'xn--wibo-v4d.com'],
  ])('%s leads to %s', (url, host) => {
    const address = webAddress(url);
    expect(address?.host).toBe(host);
    expect(address?.href).not.toContain('@');
  });
  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '//weibo.com/1', 'weibo.com', 'https://', '', null])(
    '%j is none',
    (url) => expect(webAddress(url)).toBeNull(),
  );
});

it('walls leave pictures out, whole, and keep letters, digits and older signs', () => {
  expect(withoutPictures('🔥双11🔥大促')).toBe('双11 大促');
  expect(withoutPictures('👨‍👩‍👧‍👦 家庭装 👍🏽')).toBe('家庭装');
  expect(withoutPictures('🇨🇳 国货 ❤️')).toBe('国货');
  expect(withoutPictures('X5™ ★ 3️⃣ 号')).toBe('X5™ ★ 3 号');
  expect(withoutPictures('🏴󠁧󠁢󠁥󠁮󠁧󠁿')).toBe('');
  expect(withoutPictures('مقهى الجبل')).toBe('مقهى الجبل');
});
