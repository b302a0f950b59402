/**
 * Policy `spike`: when a brand's negative mentions rise so far above what is usual at this hour of the week that people are
 * told. All conditions must hold at once, in so many looks one after the other.
 */
import * as z from 'zod';

export const spikePolicy = z.strictObject({
  enabled: z.boolean(),
  /** Negative mentions within the last hour, at least. */
  minimum: z.int().min(1).max(1_000_000),
  /** Negative mentions as a share of all mentions of the brand in that hour, at least. */
  negativeShare: z.number().min(0).max(1),
  /** Where the usual hour holds enough mentions: so many median absolute deviations above its median, on the scale of roots. */
  deviations: z.number().min(1).max(100),
  /** Where it holds few: the chance of so many by Poisson's law, at most. */
  chance: z.number().gt(0).max(0.5),
  /** Looks in a row, one each ten minutes, in which all of it holds. */
  looks: z.int().min(1).max(12),
  /** Weeks before that tell what is usual. */
  weeks: z.int().min(2).max(26),
});
export type SpikePolicy = z.infer<typeof spikePolicy>;

export const defaultSpike: SpikePolicy = {
  enabled: true,
  minimum: 8,
  negativeShare: 0.3,
  deviations: 6,
  chance: 0.00005,
  looks: 2,
  weeks: 8,
};
