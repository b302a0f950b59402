/** Reads the value of a policy that somebody proposes. */
import type { ZodType } from 'zod';
import { issueInWords } from '../../../shared/text/issue-words.ts';
import { joinPath } from '../decode/path.ts';
import { refuse, type Refusal } from '../ports/refusal.ts';

/** The value as the schema reads it, or which part of it is wrong and why. */
export function policyValue<T>(schema: ZodType<T>, value: unknown): { readonly value: T } | Refusal {
  const result = schema.safeParse(value, { error: issueInWords });
  if (result.success) return { value: result.data };
  const issue = result.error.issues[0];
  return refuse(400, 'invalid_policy', issue?.message ?? 'not a value of this policy', { path: joinPath('value', issue?.path ?? []) });
}
