import { expect, test } from 'vitest';
import { fingerprintOf, type TellingMention } from '../../../../server/domain/stories/fingerprint.ts';
import { groupMentions, type Home, type KnownPrint, type Newcomer } from '../../../../server/domain/stories/group.ts';
import { defaultGrouping } from '../../../../shared/incidents/grouping-policy.ts';
import { ownKey } from '../../../helpers/grouping-quality.ts';

const LEAK = '入手三周了，水箱接口开始漏水，台面每天早上都是一滩水，橱柜都泡了';
const NOISE = '早上磨个豆子声音像电钻一样，楼上邻居都来敲门投诉了，完全没法用';
const policy = { ...defaultGrouping, reachFloor: 1_000 };

function newcomer(key: string, text: string, more: Partial<TellingMention & { reach: number; named: Home }> = {}): Newcomer {
  const { reach = 0, named = null, ...mention } = more;
  const told = { key, brand: '山澜', sku: null, topic: 'other', publishedAt: 0, title: null, text, url: null, ...mention };
  return { print: fingerprintOf(told, policy.ownHosts), named, reach };
}
const known = (of: Newcomer, home: string | null): KnownPrint => ({
  print: of.print,
  incidentId: home ?? 'daily',
  place: home === null ? 'lonely' : 'story',
});
const group = (newcomers: readonly Newcomer[], stored: readonly KnownPrint[] = []) => groupMentions(newcomers, stored, { policy, ownKey });
const story = (key: string): Home => ({ in: 'story', key });
const daily: Home = { in: 'daily' };

test('two mentions of one batch that say the same are one story, under the name of the earlier one [ST4]', () => {
  const batch = [newcomer('b', `转发微博//@某:${LEAK}`, { publishedAt: 2 }), newcomer('a', LEAK, { publishedAt: 1 }), newcomer('c', NOISE)];
  expect(group(batch).homes).toEqual([story('mention a'), story('mention a'), daily]);
});

test('a lonely mention is a story of its own from the floor of reach on [ST4]', () => {
  const batch = [newcomer('a', LEAK, { reach: 999 }), newcomer('b', NOISE, { reach: 1_000 })];
  expect(group(batch).homes).toEqual([daily, story('mention b')]);
});

test('a lonely mention leaves the scattered complaints with the second of its kind [ST4]', () => {
  const lonely = newcomer('a', LEAK, { publishedAt: 1 });
  const grouping = group([newcomer('b', LEAK, { publishedAt: 2 })], [known(lonely, null)]);
  expect(grouping.homes).toEqual([story('mention a')]);
  expect(grouping.leaving.map(({ known: { print }, home }) => [print.key, home])).toEqual([['a', story('mention a')]]);
});

test('a mention like one that was answered among the scattered complaints is a story, and the answered one stays where it is [ST4]', () => {
  const answered: KnownPrint = { ...known(newcomer('a', LEAK), null), place: 'settled' };
  const grouping = group([newcomer('b', LEAK), newcomer('c', LEAK)], [answered]);
  expect(grouping.homes).toEqual([story('mention b'), story('mention b')]);
  expect(grouping.leaving).toEqual([]);
});

test('a name from the source wins over every likeness, and takes lonely mentions along [ST4]', () => {
  const stored = [known(newcomer('a', LEAK), null), known(newcomer('s', LEAK), 'other story')];
  const grouping = group([newcomer('b', LEAK, { named: story('story S') })], stored);
  expect(grouping.homes).toEqual([story('story S')]);
  expect(grouping.leaving.map(({ home }) => home)).toEqual([story('story S')]);
});

test('a mention joins the story it is most like, and no story twice [ST4]', () => {
  const near = known(newcomer('n', `${LEAK}，联系客服没人理`), 'near');
  const far = known(newcomer('f', `听说水箱接口开始漏水，台面每天早上都是一滩水，我这台也是这样吗`), 'far');
  expect(group([newcomer('x', `${LEAK}，联系客服没人管`)], [far, near]).homes).toEqual([{ in: 'incident', id: 'near' }]);
});

test('another brand, another product or another month is another story, in the same words [ST2]', () => {
  const stored = [known(newcomer('a', LEAK, { sku: 'X5' }), 'home')];
  const joins = (more: Partial<TellingMention>) => group([newcomer('b', LEAK, more)], stored).homes[0];
  expect(joins({})).toEqual({ in: 'incident', id: 'home' });
  expect(joins({ sku: 'X5' })).toEqual({ in: 'incident', id: 'home' });
  expect(joins({ sku: 'X3' })).toEqual(daily);
  expect(joins({ brand: '磨石' })).toEqual(daily);
  expect(joins({ publishedAt: policy.windowMs + 1 })).toEqual(daily);
});

test('a shared page joins what is said about it; a shop’s page does not, nor a page that mentions of three stories share [ST3]', () => {
  const page = 'https://news.example.org/leak/1';
  const words = ['这家店的东西到底还能不能买', '看完这篇我是真的不敢再用了', '有谁知道后来是怎么处理的吗', '官方一直没有出来回应一句话'];
  const [a, b, c, d] = words.map((text, i) => newcomer(String(i), text, { url: page }));
  if (!a || !b || !c || !d) throw new Error('four are made');
  expect(group([b], [known(a, 'home')]).homes).toEqual([{ in: 'incident', id: 'home' }]);
  expect(group([d], [known(a, 'one'), known(b, 'two'), known(c, 'three')]).homes).toEqual([daily]);
  const shop = 'https://item.jd.com/1001.html';
  const bought = [newcomer('x', words[0] ?? '', { url: shop }), newcomer('y', words[1] ?? '', { url: shop })];
  expect(group(bought).homes).toEqual([daily, daily]);
});

test('complaints of different topics are no story by a link they share [ST3]', () => {
  const url = 'https://example.org/products/x5';
  const batch = [
    newcomer('a', '插座烧得发黑差点着火了', { url, topic: 'safety' }),
    newcomer('b', '快递走了九天才到家门口', { url, topic: 'delivery' }),
  ];
  expect(group(batch).homes).toEqual([daily, daily]);
});

test('a phrase that opens any complaint joins none once three stories have it [ST3]', () => {
  const frame = '作为多年的老用户，这次真的太失望了，上个月买的机器还不到三周，';
  const told = ['开机就跳闸插座发黑', '说好送的豆子杯子没有', '磨豆声音像电钻一样', '保修卡居然是空白的'].map((end, i) =>
    newcomer(String(i), `${frame}${end}`),
  );
  const [x, ...others] = told;
  if (x === undefined) throw new Error('four are made');
  expect(
    group(
      [x],
      others.map((other) => known(other, `home of ${other.print.key}`)),
    ).homes,
  ).toEqual([daily]);
});

test('what says too little is like nothing: it stays lonely however often it is said [ST2]', () => {
  expect(group([newcomer('a', '差评！'), newcomer('b', '差评！'), newcomer('c', '转发微博'), newcomer('d', '转发微博')]).homes).toEqual([
    daily,
    daily,
    daily,
    daily,
  ]);
});

test('of a story only fingerprints that say something new are kept [T9]', () => {
  const copies = Array.from({ length: 50 }, (_, i) => newcomer(`m${String(i).padStart(2, '0')}`, LEAK, { publishedAt: i }));
  const grouping = group(copies);
  expect(new Set(grouping.homes.map((home) => JSON.stringify(home))).size).toBe(1);
  expect(grouping.kept.map(({ print }) => print.key)).toEqual(['m00']);
});
