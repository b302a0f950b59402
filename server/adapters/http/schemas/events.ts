/** Answers of event intake, as schemas for the published description. */
import * as z from 'zod';
import { type ItemResult, rejectionCodes } from '../../../../shared/events/outcomes.ts';

export const itemResult: z.ZodType<ItemResult> = z.object({
  index: z.int().min(0).meta({ description: 'Place in the batch, from 0' }),
  id: z.string().nullable().meta({ description: 'The event’s id as far as it could be read' }),
  outcome: z.enum(['accepted', 'duplicate', 'quarantined', 'rejected']),
  code: z.enum(rejectionCodes).exactOptional(),
  path: z.string().exactOptional(),
  message: z.string().exactOptional(),
});
export const itemResults = z.object({ results: z.array(itemResult) });
