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

/** Class names that components give and no style sheet has a rule for, such as one that was renamed in the style sheets alone. */
function unstyled(files: readonly SourceFile[]): string[] {
  const styled = new Set(files.filter(({ path }) => path.endsWith('.css')).flatMap(classesOf));
  return files
    .filter(({ path }) => path.endsWith('.tsx'))
    .flatMap(({ path, text }) => {
      const given = [...text.matchAll(/className=(?:"([^"]*)"|\{`([^`]*)`\})/gu)].map((match) => match[1] ?? match[2] ?? '');
      const names = given.flatMap((value) => value.replaceAll(/\$\{[^}]*\}/gu, ' ').split(/\s+/u)).filter((name) => name !== '');
      return names.filter((name) => !styled.has(name)).map((name) => `${path}: ${name}`);
    });
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

  it('have rules for every class that a component gives', () => {
    expect(unstyled(client)).toEqual([]);
    const planted: readonly SourceFile[] = [
      { path: 'client/ui/a.css', text: '.cell.marked { top: 0 }' },
      {
        path: 'client/ui/a.tsx',
        text: 'export const A = () => <p className="cell look"><b className={`marked ${late ? "late" : ""}`} /></p>;',
      },
    ];
    expect(unstyled(planted)).toEqual(['client/ui/a.tsx: look']);
  });

  it('a planted class that nothing gives is found, also when only a comment names it', () => {
    const planted: readonly SourceFile[] = [
      { path: 'client/ui/a.css', text: '.used { top: 0 } .cell.urgent { top: 0 } .forgotten { top: 0 }' },
      { path: 'client/ui/a.tsx', text: "// forgotten\nexport const A = () => <p className={`cell ${late ? 'urgent' : ''} used`} />;" },
    ];
    expect(dead(planted)).toEqual(['client/ui/a.css: .forgotten']);
  });
});
