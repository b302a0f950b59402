/**
 * Rules that code and tests cite, and where they are defined. A number that means nothing to its reader is worse than
 * none, and a rule nobody cites is one nobody holds; so each cited number is defined and each defined one cited.
 */
import type { SourceFile } from './source.ts';

/** Documents that define rules, each as a table row that begins with the number. */
const definingDocuments = ['docs/guarantees.md', 'docs/kpis.md', 'server/domain/SPEC.md'] as const;

/** `[I5]`, `[T2, T3]`, and `(R24)` or `(IC2)` within a comment. */
const cited = /\[((?:[A-Z]{1,2}\d+)(?:, ?[A-Z]{1,2}\d+)*)\]|\((?:[^()\n]*, )?((?:R|K|FO|IC|KP)\d+)\)/g;

export function definedRules(files: readonly SourceFile[]): Map<string, number> {
  const defined = new Map<string, number>();
  for (const file of files.filter((f) => (definingDocuments as readonly string[]).includes(f.path))) {
    for (const [, rule] of file.text.matchAll(/^\| ([A-Z]{1,2}\d+) +\|/gm)) {
      defined.set(rule as string, (defined.get(rule as string) ?? 0) + 1);
    }
  }
  return defined;
}

/** Each rule with the files that cite it. Within the defining documents only the texts of other rules count. */
export function citedRules(files: readonly SourceFile[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const file of files.filter((f) => /^(shared|server|client|tests|docs)\/.*\.(ts|tsx|mjs|css|md)$/.test(f.path))) {
    if (file.path.startsWith('tests/architecture/rule-ids')) continue;
    for (const [, list, single] of file.text.matchAll(cited)) {
      for (const rule of (list ?? single ?? '').split(/, ?/)) {
        const files = found.get(rule);
        if (files) files.add(file.path);
        else found.set(rule, new Set([file.path]));
      }
    }
  }
  return found;
}

export function ruleFindings(files: readonly SourceFile[]): string[] {
  const defined = definedRules(files);
  const citations = citedRules(files);
  const isCode = (path: string) => !path.endsWith('.md');
  return [
    ...[...defined].filter(([, times]) => times > 1).map(([rule]) => `${rule} is defined more than once`),
    ...[...citations]
      .filter(([rule]) => !defined.has(rule))
      .map(([rule, at]) => `${rule} is cited in ${[...at].join(', ')} and defined nowhere`),
    ...[...defined.keys()]
      .filter((rule) => ![...(citations.get(rule) ?? [])].some(isCode))
      .map((rule) => `${rule} is defined and no code or test cites it`),
  ];
}
