/** Chance, for pauses that should not fall together. */
export const systemRandom = (): number => Math.random();
