import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { policySchemas } from '../../../shared/kpi/targets.ts';
import { promiseCommand, promiseDocument } from '../../../shared/standup/types.ts';
import { issueInWords } from '../../../shared/text/issue-words.ts';

/** What is said of the first thing wrong. */
const said = (schema: z.ZodType, value: unknown): string | undefined =>
  schema.safeParse(value, { error: issueInWords }).error?.issues[0]?.message;

describe('what is wrong with a value, in words', () => {
  it.each<[string, z.ZodType, unknown, string]>([
    ['a missing text', z.object({ a: z.string() }), {}, 'is missing; a text is expected here'],
    ['a missing number', z.object({ a: z.number() }), {}, 'is missing; a number is expected here'],
    ['a missing choice', z.object({ a: z.enum(['x', 'y']) }), {}, 'is missing; one of x, y is expected here'],
    ['a missing variant', z.object({ a: z.union([z.string(), z.number()]) }), {}, 'is missing'],
    ['another kind', z.string(), 7, 'a text is expected here, not a number'],
    ['a list for an object', z.object({}), [], 'an object is expected here, not a list'],
    ['null', z.number(), null, 'a number is expected here, not null'],
    ['a fraction', z.int(), 1.5, 'a whole number is expected here, not a fraction'],
    ['another choice', z.enum(['x', 'y']), 'z', 'one of x, y is expected here'],
    ['another constant', z.literal('k'), 'z', 'k is expected here'],
    ['an unknown field', z.strictObject({}), { oops: 1 }, 'there is no field oops here'],
    ['an unknown field of 5,000 characters', z.strictObject({}), { ['y'.repeat(5_000)]: 1 }, `there is no field ${'y'.repeat(60)}… here`],
    ['an empty list', z.array(z.string()).min(1), [], 'a list of at least 1 item is expected here'],
    ['a long list', z.array(z.string()).max(2), ['', '', ''], 'a list of at most 2 items is expected here'],
    ['a small number', z.number().min(0), -1, 'a number of at least 0 is expected here'],
    ['a bound that is excluded', z.number().gt(0), 0, 'a number of more than 0 is expected here'],
    ['a large number', z.number().max(1), 2, 'a number of at most 1 is expected here'],
    ['a short text', z.string().min(3), 'ab', 'a text of at least 3 characters is expected here'],
    ['a day', z.iso.date(), 'x', 'a day like 2026-11-23 is expected here'],
    ['its own sentence', z.string().regex(/^a$/, 'write an a'), 'b', 'write an a'],
    [
      'a stand-up promise whose date is a text',
      promiseDocument,
      { commandId: 'c', actor: 'a', due: '2026-11-30' },
      'an object is expected here, not a text',
    ],
    [
      'an unknown command',
      promiseCommand,
      { commandId: 'c', actor: 'a', type: 'explode' },
      'one of keep, miss, move, reopen is expected here',
    ],
    ['a rotation without scenes', policySchemas.wall, { rotation: [] }, 'a list of at least 1 item is expected here'],
  ])('%s', (_, schema, value, words) => {
    expect(said(schema, value)).toBe(words);
  });

  it('a list of what is allowed is bounded', () => {
    const many = Array.from({ length: 500 }, (_, n) => `choice-${n}`);
    expect(said(z.enum(many), 'z')?.length).toBeLessThan(500);
  });
});
