/**
 * Query strings, read by a schema with one string field per parameter. Unknown and
 * repeated parameters are refused: a slip in a name must not quietly answer another question.
 */
import * as z from 'zod';
import { instantMessage, parseInstant } from '../../../shared/events/rfc3339.ts';
import { issueInWords } from '../../../shared/text/issue-words.ts';
import { problem, type Reply } from './reply.ts';
import type { Route } from './route.ts';

const noParameters = z.object({});

/**
 * The refusal of a parameter that the route does not have; undefined where there is none. Pages for browsers take any: chat and
 * mail programs append parameters of their own to the links they show.
 */
export function unknownParameter(
  { query: schema = noParameters, answers }: Pick<Route, 'query' | 'answers'>,
  query: URLSearchParams,
): Reply | undefined {
  if (Object.values(answers).every((media) => Object.hasOwn(media, 'text/html'))) return undefined;
  const name = [...query.keys()].find((key) => !Object.hasOwn(schema.shape, key));
  return name === undefined ? undefined : unknown(name, schema);
}

/** Array fields of `schema` may repeat; every other field at most once. */
export function readQuery<S extends z.ZodObject>(schema: S, query: URLSearchParams): z.infer<S> | Reply {
  const given: [string, string | string[]][] = [];
  for (const name of new Set(query.keys())) {
    if (!Object.hasOwn(schema.shape, name)) return unknown(name, schema);
    const values = query.getAll(name);
    const repeats = isRepeatable(schema.shape[name]);
    if (!repeats && values.length > 1) return problem(400, 'repeated_parameter', `${name} may be given once`, { path: name });
    given.push([name, repeats ? values : (values[0] ?? '')]);
  }
  const parsed = schema.safeParse(Object.fromEntries(given), { error: issueInWords });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return problem(400, 'bad_parameter', issue?.message ?? 'not understood', { path: String(issue?.path[0] ?? '') });
}

/** True for an array field, also under `optional` or `default`. */
export function isRepeatable(field: unknown): boolean {
  if (field instanceof z.ZodArray) return true;
  if (field instanceof z.ZodOptional || field instanceof z.ZodDefault) return isRepeatable(field.unwrap());
  return false;
}

function unknown(name: string, schema: z.ZodObject): Reply {
  const there = Object.keys(schema.shape).join(', ') || 'none';
  const path = name.slice(0, 60);
  return problem(400, 'unknown_parameter', `there is no parameter ${path}; there are: ${there}`, { path });
}

/** A whole number in a query string. */
export function wholeNumber(min: number, max: number) {
  return z
    .string()
    .regex(/^\d{1,15}$/, { error: `a whole number from ${min} to ${max}` })
    .transform(Number)
    .refine((n) => n >= min && n <= max, { error: `a whole number from ${min} to ${max}` });
}

/** RFC 3339 with offset → UTC ms. A `+` that was not percent-encoded arrives as a space and is meant as `+`. */
export const instantParameter = z.string().transform((text, context) => {
  const instant = parseInstant(text.replace(/ (?=\d\d:\d\d$)/, '+'));
  if (typeof instant === 'number') return instant;
  context.addIssue(instantMessage(instant).replace(/^time/, 'the instant'));
  return z.NEVER;
});
