/**
 * Net sentiment, (P − N) ÷ (P + N), wherever it is shown. Below 30 mentions with a
 * polarity there is no value: a handful of posts would swing it from −1 to 1 (R18).
 */
export const SMALL_SAMPLE = 30;

/** null below the small sample; `neutral` joins the denominator of the variant with neutrals only. */
export function netSentiment(positive: number, negative: number, neutral = 0): number | null {
  if (positive + negative < SMALL_SAMPLE) return null;
  return (positive - negative) / (positive + negative + neutral);
}
