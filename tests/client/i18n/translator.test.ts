// @vitest-environment happy-dom
/** What a page says is what i18next would say, filled in by a quicker way. */
import i18next from 'i18next';
import { beforeAll, expect, it } from 'vitest';
import { en } from '../../../client/i18n/en.ts';
import { startLanguage } from '../../../client/i18n/setup.ts';
import { translator } from '../../../client/i18n/translator.ts';
import { zhCN } from '../../../client/i18n/zh-cn.ts';

beforeAll(() => startLanguage('?lang=zh-CN'));

type Tree = { readonly [key: string]: string | Tree };
const keysOf = (tree: Tree, path = ''): readonly string[] =>
  Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [path + key] : keysOf(value, `${path}${key}.`)));

it.each([
  ['zh-CN', zhCN],
  ['en', en],
] as const)('says each key of %s with what is filled in, at the first call and later', (language, catalogue) => {
  const say = translator(language);
  const theirs = i18next.getFixedT(language);
  for (const key of keysOf(catalogue)) {
    const names = [...theirs(key, { skipInterpolation: true }).matchAll(/\{\{(\w+)\}\}/gu)].map(([, name]) => name ?? '');
    const values = Object.fromEntries(names.map((name, i) => [name, i % 2 === 0 ? `$& ${name}` : i]));
    expect(say(key, values), key).toBe(theirs(key, values));
    expect(say(key, values), key).toBe(theirs(key, values));
  }
});

it('knows words of a catalogue that comes later', () => {
  const say = translator('en');
  expect(say('late.word', { who: 'you' })).toBe('late.word');
  i18next.addResourceBundle('en', 'translation', { late: { word: 'Hello {{who}}{{nobody}}' } }, true);
  expect(say('late.word', { who: 'you' })).toBe('Hello you');
});
