/** What a form would change, as a list of words. Pure. */
export type Change =
  | { readonly kind: 'added' | 'removed'; readonly what: string }
  /** What is saved has no effect: `before` goes on. */
  | { readonly kind: 'overruled'; readonly what: string; readonly before: string; readonly after: string }
  | { readonly kind: 'changed'; readonly what: string; readonly before: string; readonly after: string };

export function listChanges(before: readonly string[], after: readonly string[], named: (name: string) => string): readonly Change[] {
  return [
    ...after.filter((name) => !before.includes(name)).map((name): Change => ({ kind: 'added', what: named(name) })),
    ...before.filter((name) => !after.includes(name)).map((name): Change => ({ kind: 'removed', what: named(name) })),
  ];
}

export function fieldChanges(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  written: (field: string, value: unknown) => { readonly name: string; readonly value: string },
): readonly Change[] {
  return Object.keys(after).flatMap((field): readonly Change[] => {
    const [old, next] = [written(field, before[field]), written(field, after[field])];
    return old.value === next.value ? [] : [{ kind: 'changed', what: next.name, before: old.value, after: next.value }];
  });
}
