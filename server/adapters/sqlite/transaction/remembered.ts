/** Answers that hold for the rest of a transaction, unless it changes what they tell. */
export interface Remembered<T> {
  /** The answer; the first call asks for it. */
  get(): Promise<T>;
  /** To be called by whatever changes what the answer tells. */
  forget(): void;
}

export function remembered<T>(ask: () => Promise<T>): Remembered<T> {
  let answer: Promise<T> | undefined;
  return {
    get: () => (answer ??= ask()),
    forget() {
      answer = undefined;
    },
  };
}
