/** Reads source files the way the rules look at them: imports, and code without comments or texts. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../helpers/project-root.ts';

export interface SourceFile {
  /** From the project's root, with `/`. */
  readonly path: string;
  readonly text: string;
}
export interface Import {
  /** Of a library or of Node as written; of the project's own files the path from its root. */
  readonly target: string;
  /** A file of the project, named by a relative path. */
  readonly own: boolean;
}

/** Files git knows or would add: what a fresh clone would hold. */
export function projectFiles(): SourceFile[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'], {
    cwd: projectRoot,
    encoding: 'utf8',
  });
  return listed
    .split('\0')
    .filter((file) => /\.(ts|tsx|mjs|css|json|md|html|yml)$/.test(file) && !file.endsWith('package-lock.json'))
    .flatMap((file) => {
      try {
        return [{ path: file, text: readFileSync(path.join(projectRoot, file), 'utf8') }];
      } catch {
        return []; // Listed, but deleted in the working tree.
      }
    });
}

export function isCode(file: SourceFile): boolean {
  return /\.(ts|tsx|mjs)$/.test(file.path);
}

/** Comments become spaces; with `texts`, what stands in quotes does too. Line numbers stay. */
export function stripped(text: string, options: { texts: boolean }): string {
  const blank = (part: string) => part.replace(/[^\n]/g, ' ');
  // A quote inside a regular expression would open a text that is none, so those are matched as a whole.
  const pieces =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|(?<=[=(,:!&|?;[]\s*)\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
  return text.replace(pieces, (piece) => {
    if (piece.startsWith('/*') || piece.startsWith('//')) return blank(piece);
    if (!options.texts) return piece;
    // Code inside `${…}` stays code.
    if (piece.startsWith('`')) return piece.replace(/(\$\{[^}]*\})|[^$]+|\$/g, (part, code?: string) => code ?? blank(part));
    return blank(piece);
  });
}

const importForm =
  /\b(?:import|export)\s+(?:type\s+)?(?:[\w*${}\s,]+?\s+from\s*|(?=['"]))['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]\s*\)/g;

export function importsOf(file: SourceFile): Import[] {
  const code = stripped(file.text, { texts: false });
  return [...code.matchAll(importForm)].map(([, from, dynamic]) => {
    const name = (from ?? dynamic) as string;
    const own = name.startsWith('.');
    return { own, target: own ? path.posix.normalize(path.posix.join(path.posix.dirname(file.path), name)) : name };
  });
}

/** Package an import comes from, `@scope/name` or `name`; undefined for the project's own files and Node's modules. */
export function packageOf({ own, target }: Import): string | undefined {
  if (own || target.startsWith('node:')) return undefined;
  const parts = target.split('/');
  return target.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
}
