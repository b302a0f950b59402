/** Polarity of a mention (contract, “Polarity”): label, else score against the threshold, else unscored. */
export const polarities = ['positive', 'neutral', 'negative', 'unscored'] as const;
export type Polarity = (typeof polarities)[number];
