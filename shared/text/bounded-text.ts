/** Text of a bounded number of characters, as a schema: one ruler for events, commands, policies and targets. */
import * as z from 'zod';
import { hasLength } from './character-count.ts';
import { isInvisible } from './excerpt.ts';

/** Text of `shortest` to `longest` Unicode code points; zod's own `max` counts UTF-16 units, which halves the room for emoji. */
export function characters(shortest: number, longest: number, given: z.ZodString = z.string()) {
  const error = shortest === 0 ? `at most ${longest} characters` : `${shortest} to ${longest} characters`;
  const meta = shortest === 0 ? { maxLength: longest } : { minLength: shortest, maxLength: longest };
  return given.refine((text) => hasLength(text, shortest, longest), { error }).meta(meta);
}

/** Text that people are shown by itself, such as a name or a title: one of which they can see nothing would be a blank on every page. */
export function visible(shortest: number, longest: number, given: z.ZodString = z.string()) {
  return characters(shortest, longest, given).refine((text) => text === '' || !isInvisible(text), { error: 'nobody can see this text' });
}

/** What a person typed, without the space around it: a name, a reason, an answer. Never empty, also not to the eye. */
export function typed(longest: number) {
  return visible(1, longest, z.string().trim());
}
