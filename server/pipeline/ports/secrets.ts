/** Secrets at rest: texts are sealed before they reach the store, and the key that opens them is not in the store. */
export interface SecretBox {
  /** `place` names where the text is kept: what was sealed for one place opens for no other. */
  seal(text: string, place: string): string;
  /** undefined when the key it was sealed with is missing, or when what is stored was changed. */
  open(sealed: string, place: string): string | undefined;
}

/** Marks events of this system in a way nobody else can. */
export interface OwnEvents {
  marked(event: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  /** Whether this system marked the event, and nothing of it was changed since. */
  isOwn(event: Readonly<Record<string, unknown>>): boolean;
}
