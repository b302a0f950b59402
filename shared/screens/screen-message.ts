/** What a screen is told of itself: the message `screen` of the socket, and the answer to each of its reports. */
import * as z from 'zod';

export const screenMessage = z
  .object({
    name: z.string().nullable(),
    /** From now on for ten seconds the screen shows its name large. */
    identify: z.boolean(),
  })
  .readonly();
export type ScreenMessage = z.infer<typeof screenMessage>;
