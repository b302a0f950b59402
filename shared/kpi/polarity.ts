/** Polarity of a mention (contract, “Polarity”): label, else score against the threshold, else unscored. */
export const polarities = ['positive', 'neutral', 'negative', 'unscored'] as const;
export type Polarity = (typeof polarities)[number];

/** Where nobody has set how far from 0 a score must lie to be good or bad. */
export const defaultPolarity = { threshold: 0.3 } as const;
