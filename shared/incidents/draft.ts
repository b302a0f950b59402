/** An answer that a person has begun, kept by the server so that another device finds it. All instants are UTC ms. */
import * as z from 'zod';
import { characters, typed } from '../text/bounded-text.ts';

const links = z.array(characters(1, 2_000)).max(20);

export const draftDocument = z.object({
  person: typed(80),
  /** Without text and links there is no draft any more. */
  text: z.string().max(40_000),
  links,
});
export type DraftDocument = z.infer<typeof draftDocument>;

export const draftAnswer = z
  .object({
    draft: z
      .object({ text: z.string(), links: z.array(z.string()).readonly(), updatedAt: z.number() })
      .readonly()
      .nullable(),
    others: z
      .array(z.object({ person: z.string(), updatedAt: z.number() }).readonly())
      .readonly()
      .meta({ description: 'Other people who have begun an answer to this story, the latest first, at most 10' }),
  })
  .readonly();
export type DraftAnswer = z.infer<typeof draftAnswer>;

/** What is dismissed of 补录待定: the mentions named, or all that wait. */
export const dismissCommand = z
  .object({
    commandId: characters(1, 200),
    actor: typed(80),
    reason: typed(2_000),
    mentionKeys: z.array(characters(1, 2_000)).min(1).max(500).optional(),
    all: z.literal(true).optional(),
  })
  .refine(({ mentionKeys, all }) => (mentionKeys === undefined) !== (all === undefined), {
    path: ['mentionKeys'],
    error: 'give mentionKeys, or all: true',
  });
export type DismissCommand = z.infer<typeof dismissCommand>;
export const dismissed = z.object({ dismissed: z.int() });
