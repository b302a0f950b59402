/** Type assertions: places where a person overrules the compiler. `as const` is none. */
import { isCode, stripped, type SourceFile } from './source.ts';

/** Assertions per file of the product, files without one left out. */
export function castsOf(files: readonly SourceFile[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const file of files.filter((f) => isCode(f) && /^(shared|server|client)\//.test(f.path))) {
    const code = stripped(file.text, { texts: true }).replace(/\b(?:import|export)\s+(?:type\s+)?[{*][^;]*?\bfrom\b/g, '');
    const count = [...code.matchAll(/[\w)\]}'"`]!?\s+as\s+(?!const\b)[\w{([]/g)].length;
    if (count > 0) found.set(file.path, count);
  }
  return found;
}
