/** What the doctor says about one thing: well, worth knowing, or wrong and then what to do. */
export type Finding =
  { readonly kind: 'ok' | 'note'; readonly what: string } | { readonly kind: 'wrong'; readonly what: string; readonly todo: string };

export const ok = (what: string): Finding => ({ kind: 'ok', what });
export const note = (what: string): Finding => ({ kind: 'note', what });
export const wrong = (what: string, todo: string): Finding => ({ kind: 'wrong', what, todo });

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
