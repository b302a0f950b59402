import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor } from 'vite';
import { describe, expect, it } from 'vitest';
import { deskEn } from '../../../client/i18n/desk/en.ts';
import { deskZhCN } from '../../../client/i18n/desk/zh-cn.ts';
import { en } from '../../../client/i18n/en.ts';
import { chosenLanguage } from '../../../client/i18n/language.ts';
import { zhCN } from '../../../client/i18n/zh-cn.ts';

type Tree = { readonly [key: string]: string | Tree };
const flat = (tree: Tree, path = ''): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(tree).flatMap(([key, value]): (readonly [string, string])[] =>
      typeof value === 'string' ? [[path + key, value]] : [...flat(value, `${path}${key}.`)],
    ),
  );
/** The words of every page, and those of the desk pages in a catalogue of their own; no key is in both. */
const chinese = new Map([...flat(zhCN), ...flat(deskZhCN)]);
const english = new Map([...flat(en), ...flat(deskEn)]);
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/gu)].map((m) => m[1] as string).toSorted();

const root = join(import.meta.dirname, '../../../client');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/u.test(file) && !file.startsWith('i18n'))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

describe('the two catalogues', () => {
  it('have the same keys', () => {
    expect([...english.keys()].toSorted()).toEqual([...chinese.keys()].toSorted());
  });
  it('of all pages and of the desk pages have no key in common', () => {
    expect(chinese.size).toBe(flat(zhCN).size + flat(deskZhCN).size);
  });
  it('have no empty words and the same placeholders', () => {
    for (const [key, text] of chinese) {
      expect(text.trim(), key).not.toBe('');
      expect(english.get(key)?.trim(), key).not.toBe('');
      expect(placeholders(english.get(key) ?? ''), key).toEqual(placeholders(text));
    }
  });
  it('say English without Chinese characters, but for the language’s own name', () => {
    for (const [key, text] of english) if (key !== 'language.switch') expect(/\p{Script=Han}/u.test(text), `${key}: ${text}`).toBe(false);
  });
  it('hold nothing that no page says', () => {
    const all = sources.map((source) => source.text).join('\n');
    /** Keys made at run time: t(`stream.${stream}`). */
    const made = [...all.matchAll(/t\(\s*`([\w.]+)\.\$\{|coded\('(\w+)'/gu)].map((m) => m[1] ?? m[2]);
    const said = (key: string) => {
      const parent = key.slice(0, key.lastIndexOf('.'));
      return all.includes(`'${key}'`) || made.includes(parent) || /^(source\.reason|problem|number\.scale|age|severity)\b/u.test(key);
    };
    expect([...chinese.keys()].filter((key) => !said(key) && key !== 'language.name')).toEqual([]);
  });
});

/** Words outside the catalogues: text between tags, spoken attributes, any literal with a Chinese character. */
function strayWords(file: string, text: string): string[] {
  const { program, errors } = parseSync(file, text);
  expect(errors, file).toEqual([]);
  const found: string[] = [];
  const spoken = new Set(['title', 'alt', 'placeholder', 'aria-label', 'label']);
  const han = /\p{Script=Han}/u;
  const letters = /\p{L}{2,}/u;
  new Visitor({
    JSXText(node) {
      if (letters.test(node.value)) found.push(node.value.trim());
    },
    JSXAttribute(node) {
      const name = node.name.type === 'JSXIdentifier' ? node.name.name : '';
      if (spoken.has(name) && node.value?.type === 'Literal' && letters.test(String(node.value.value)))
        found.push(String(node.value.value));
    },
    JSXExpressionContainer(node) {
      const { expression } = node;
      if (expression.type === 'Literal' && typeof expression.value === 'string' && letters.test(expression.value))
        found.push(expression.value);
    },
    Literal(node) {
      if (typeof node.value === 'string' && han.test(node.value)) found.push(node.value);
    },
    TemplateElement(node) {
      if (han.test(node.value.raw)) found.push(node.value.raw);
    },
  }).visit(program);
  // An attribute's literal value is not spoken when it names a class, a role or an id.
  return found;
}

describe('words on screens', () => {
  it('come from the catalogues only', () => {
    expect(sources.length).toBeGreaterThan(40);
    const stray = sources.flatMap(({ file, text }) => strayWords(file, text).map((words) => `${file}: ${words}`));
    expect(stray).toEqual([]);
  });
  it('are found when somebody writes them into a page', () => {
    expect(strayWords('x.tsx', '<p>今日</p>')).not.toEqual([]);
    expect(strayWords('x.tsx', '<p title="Sales">{x}</p>')).toEqual(['Sales']);
    expect(strayWords('x.tsx', '<p>Sales {x}</p>')).toEqual(['Sales']);
    expect(strayWords('x.tsx', "<p>{'Sales'}</p>")).toEqual(['Sales']);
    expect(strayWords('x.tsx', 'const a = `已超时 ${b}`')).not.toEqual([]);
    expect(strayWords('x.tsx', '<p className="wall head">{t(\'a.b\')}</p>')).toEqual([]);
  });
});

describe('the language of a page', () => {
  it('is the one asked for, else the one remembered, else Chinese', () => {
    expect(chosenLanguage('en', 'zh-CN')).toBe('en');
    expect(chosenLanguage(null, 'en')).toBe('en');
    expect(chosenLanguage('fr', null)).toBe('zh-CN');
  });
});
