/** A drill: a marked crisis on the live path, and its report hop by hop. Types follow from the schemas; instants are UTC ms. */
import * as z from 'zod';
import { typed } from '../text/bounded-text.ts';
import { messageStates } from './messages.ts';

export const drillDocument = z.object({
  actor: typed(80),
  text: typed(500).optional().meta({ description: 'What the made-up crisis says; a sentence that says it is a drill when absent' }),
});
export type DrillDocument = z.infer<typeof drillDocument>;

export const drillHops = [
  'sent',
  'received',
  'opened',
  'messageWritten',
  'attemptBegun',
  'delivered',
  'claimed',
  'responded',
  'closed',
] as const;

export const drillReport = z
  .object({
    id: z.string(),
    state: z
      .enum(['starting', 'running', 'done'])
      .meta({ description: 'starting: its mentions are not folded yet; done: somebody closed it' }),
    actor: z.string().nullable(),
    incident: z.object({ id: z.string(), code: z.string() }).readonly().nullable(),
    hops: z
      .array(
        z
          .object({
            hop: z.enum(drillHops),
            at: z.number().nullable().meta({ description: 'UTC ms; null = not yet' }),
            afterMs: z.number().nullable().meta({ description: 'Since the drill was sent' }),
          })
          .readonly(),
      )
      .readonly(),
    messages: z
      .array(
        z
          .object({
            step: z.string(),
            person: z.string().nullable(),
            channels: z.array(z.string()).readonly().meta({ description: 'Where it would have gone; a drill ends at the dry end' }),
            state: z.enum(messageStates),
            writtenAt: z.number(),
            deliveredAt: z.number().nullable(),
          })
          .readonly(),
      )
      .readonly()
      .meta({ description: 'At most 200, oldest first' }),
  })
  .readonly();
export type DrillReport = z.infer<typeof drillReport>;
