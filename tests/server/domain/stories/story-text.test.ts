import { expect, test } from 'vitest';
import { canonicalLink, evidenceLinks } from '../../../../server/domain/stories/links.ts';
import { storyText } from '../../../../server/domain/stories/story-text.ts';

const said = '新买的咖啡机用到第三周开始漏水，台面全湿。';
const bare = '新买的咖啡机用到第三周开始漏水台面全湿';

test.each([
  ['as written', said],
  ['forwarded without a word', `转发微博//@小林:${said}`],
  ['forwarded with a remark', `太真实了 //@小林：${said}`],
  ['forwarded twice, with remarks long enough to be stories', `这个牌子不能再买了吧//@甲:我也遇到过一模一样的//@乙:${said}`],
  ['RT', `RT @lin_88: ${said}`],
  ['marked as forwarded', `【转】${said}`],
  ['in quotation marks', `“${said}”`],
  ['with emoji and emoticons of the platform', `😡😡${said}[怒][怒]👨‍👩‍👧`],
  ['with a link, a hashtag and somebody called', `#避雷指南# ${said} @品牌客服 https://t.cn/A6abcd`],
  ['in full width, with other marks', '新买的咖啡机,用到第三周开始漏水！台面全湿～～'],
  ['cut by the platform', `${said}...展开全文`],
  ['with characters nobody sees', said.split('').join('\u200b')],
  ['as an addition to a review', `补充点评 2007年7月23日 ： ${said}`],
])('what people and platforms put around a text is no word of the story: %s [ST1]', (_, text) => {
  expect(storyText(text, ['山澜'])).toBe(bare);
});

test('the names of brand and product are no words of the story [ST1]', () => {
  expect(storyText('山澜Ｘ５漏水', ['山澜', 'X5'])).toBe('漏水');
});

test('a forward without the text it forwards has only what it says itself [ST1]', () => {
  expect(storyText('转发微博', [])).toBe('');
  expect(storyText('这机器真的会漏水啊//@小林:转发微博', [])).toBe('这机器真的会漏水啊');
});

test('one page has one link, whoever shares it [ST2]', () => {
  const same = [
    'https://www.example.com/a/1/?utm_source=wx&b=2&a=1#top',
    'http://m.example.com/a/1?a=1&b=2&spm=1.2.3',
    'HTTP://EXAMPLE.com:80/a/1?b=2&a=1',
  ];
  expect(new Set(same.map((link) => canonicalLink(link)?.text))).toEqual(new Set(['example.com/a/1?a=1&b=2']));
  expect(canonicalLink('https://example.com/')).toBeNull();
  expect(canonicalLink('javascript:alert(1)')).toBeNull();
});

test('a page of the brand’s own shop is no evidence, whatever stands before its host [ST3]', () => {
  const links = (url: string) => evidenceLinks(url, '', ['jd.com', 'shop.example.com']);
  expect(links('https://item.jd.com/1001.html')).toEqual([]);
  expect(links('https://shop.example.com/x5')).toEqual([]);
  expect(links('https://notjd.com/1001.html')).toEqual(['notjd.com/1001.html']);
  expect(evidenceLinks(undefined, '看 https://news.example.org/leak。真的漏', [])).toEqual(['news.example.org/leak']);
});
