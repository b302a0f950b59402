import { describe, expect, it } from 'vitest';
import { isCode, projectFiles, stripped, type SourceFile } from '../architecture/source.ts';

const client = projectFiles().filter((file) => file.path.startsWith('client/'));

/** Class names that a style sheet gives rules to. */
function classesOf(sheet: SourceFile): readonly string[] {
  const selectors = sheet.text.replaceAll(/\/\*[\s\S]*?\*\//gu, ' ').replaceAll(/\{[^{}]*\}/gu, '{}');
  return [...new Set([...selectors.matchAll(/\.([a-zA-Z][\w-]*)/gu)].map((match) => match[1] as string))];
}

/** Every word that stands in a text of the code; class names are put together from such words. */
function wordsOf(code: readonly SourceFile[]): ReadonlySet<string> {
  const texts = code.flatMap(({ text }) => stripped(text, { texts: false }).match(/'[^'\n]*'|"[^"\n]*"|`[^`]*`/gu) ?? []);
  return new Set(texts.flatMap((text) => text.split(/[^\w-]+/u)));
}

function dead(files: readonly SourceFile[]): string[] {
  const words = wordsOf(files.filter(isCode));
  const sheets = files.filter((file) => file.path.endsWith('.css'));
  return sheets.flatMap((sheet) =>
    classesOf(sheet)
      .filter((name) => !words.has(name))
      .map((name) => `${sheet.path}: .${name}`),
  );
}

describe('style sheets of the client', () => {
  it('have rules for classes that some component gives', () => {
    expect(classesOf({ path: 'a.css', text: '.a > .b-c:hover, .d.e { width: 1.5px; } @media (x) { .f::after { top: 0 } }' })).toEqual([
      'a',
      'b-c',
      'd',
      'e',
      'f',
    ]);
    expect(dead(client)).toEqual([]);
  });

  it('a planted class that nothing gives is found, also when only a comment names it', () => {
    const planted: readonly SourceFile[] = [
      { path: 'client/ui/a.css', text: '.used { top: 0 } .cell.urgent { top: 0 } .forgotten { top: 0 }' },
      { path: 'client/ui/a.tsx', text: "// forgotten\nexport const A = () => <p className={`cell ${late ? 'urgent' : ''} used`} />;" },
    ];
    expect(dead(planted)).toEqual(['client/ui/a.css: .forgotten']);
  });
});
