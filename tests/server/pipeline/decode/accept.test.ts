/** [I13] The short way of the decoder and the schemas accept the same, and make the same of it. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { acceptOf, unsure } from '../../../../server/pipeline/decode/accept.ts';
import { withoutNulls } from '../../../../server/pipeline/decode/without-nulls.ts';
import { eventDefinitions } from '../../../../shared/events/registry.ts';
import { generateEvents } from '../../../helpers/event-generator.ts';
import { seededRandom, type Random } from '../../../helpers/random.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const numbers = [-1, -0, 0, 1, 0.5, -0.5, 1e-7, 2 ** 53 - 1, 2 ** 53, 9e15, 9e15 + 2, -9e15, 1e308];
const texts = [
  '',
  'cafe\u0301',
  '\u2126',
  'x',
  'CNY',
  'cny',
  'CNYX',
  'paid',
  'positive',
  '2026-02-29',
  '2024-02-29',
  '2026-11-23',
  '2026-11-23T10:00:00+08:00',
];
const long = (length: number, of: string): string => of.repeat(length);

/** Any JSON value, near to what schemas ask about. */
function anything(random: Random): Json {
  switch (random.below(8)) {
    case 0:
      return null;
    case 1:
      return random.chance(0.5);
    case 2:
      return random.pick(numbers);
    case 3:
      return random.pick(texts);
    case 4:
      return long(random.pick([79, 80, 81, 199, 200, 201, 20_000, 20_001]), random.pick(['长', '𠮷', 'e\u0301']));
    case 5:
      return [];
    case 6:
      return {};
    default:
      return [random.pick(texts), random.pick(numbers)];
  }
}

/** The value with something in it changed: a value replaced, a member dropped, added or moved, an array emptied, doubled or blown up. */
function disturb(random: Random, value: Json): Json {
  if (Array.isArray(value)) {
    const at = random.below(value.length + 1);
    const one = value[at];
    if (one !== undefined && random.chance(0.7)) return value.map((item, i) => (i === at ? disturb(random, item) : item));
    if (random.chance(0.3)) return [];
    const filler = value[0] ?? anything(random);
    return random.chance(0.5)
      ? [...value, filler]
      : Array.from({ length: random.pick([50, 51, 100, 101, 200, 201, 500, 501]) }, () => filler);
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    const at = random.below(Math.max(1, entries.length));
    switch (random.below(6)) {
      case 0:
        return Object.fromEntries(entries.filter((_, i) => i !== at));
      case 1:
        return Object.fromEntries([[random.pick(['extra', 'toString', 'version', '0']), anything(random)], ...entries]);
      case 2:
        return Object.fromEntries(random.shuffle(entries));
      default:
        return Object.fromEntries(entries.map(([key, item], i) => [key, i === at ? disturb(random, item) : item] as const));
    }
  }
  return anything(random);
}

function agree(schema: z.ZodType, value: unknown): 'accepted' | 'refused' {
  const quick = acceptOf(schema)(value);
  const slow = schema.safeParse(withoutNulls(schema, value));
  expect(quick !== unsure, JSON.stringify(value).slice(0, 500)).toBe(slow.success);
  if (slow.success) {
    expect(JSON.stringify(quick)).toBe(JSON.stringify(slow.data));
    // It may copy what need not be copied, but must not take as it is what is not the same.
    if (quick === value) expect(JSON.stringify(quick)).toBe(JSON.stringify(value));
  }
  return slow.success ? 'accepted' : 'refused';
}

describe('[I13] the short way and the schema', () => {
  const seed = Math.floor(Math.random() * 2 ** 31);

  it(`agree on every event type, whole and disturbed (seed ${seed})`, () => {
    const random = seededRandom(seed);
    const events = generateEvents({ seed, count: 300, until: Date.parse('2026-11-23T04:00:00Z') });
    for (const { type, data, example } of eventDefinitions) {
      const whole = [example, ...events.filter((event) => event.type === type).map((event) => event.data)] as unknown as Json[];
      for (const one of whole) expect(agree(data, one)).toBe('accepted');
      const seen = { accepted: 0, refused: 0 };
      for (let n = 0; n < 600; n++) {
        let value = random.pick(whole);
        for (let times = 1 + random.below(3); times > 0; times--) value = disturb(random, value);
        seen[agree(data, value)] += 1;
      }
      // A test that only ever refused, or only accepted, would prove little.
      expect([type, seen.accepted > 20, seen.refused > 20]).toEqual([type, true, true]);
    }
  });

  it('agree where the short way does not know a schema or a check', () => {
    const odd = z.object({
      even: z.number().multipleOf(2),
      open: z.number().gt(0).lt(10),
      trimmed: z.string().trim(),
      mail: z.email(),
      when: z.iso.datetime({ offset: true }),
      either: z.union([z.literal('a'), z.int()]),
      small: z.int32().nullable(),
      word: z.string().regex(/^x/g),
      fallback: z.string().default('none'),
      checked: z.object({ a: z.int(), b: z.int() }).refine(({ a, b }) => a <= b),
      strict: z.strictObject({ a: z.int() }).optional(),
    });
    const fits = {
      ...{ even: 4, open: 5, trimmed: ' t ', mail: 'a@b.cd', when: '2026-11-23T10:00:00Z', either: 3, small: null },
      ...{ word: 'xy', fallback: 'f', checked: { a: 1, b: 2 }, strict: { a: 1 } },
    };
    expect(agree(odd, fits)).toBe('accepted');
    const off: Record<string, unknown[]> = {
      ...{ even: [3], open: [0, 10], trimmed: [1], mail: ['a'], when: ['2026-13-01T00:00:00Z'], either: ['b', 0.5], small: [2 ** 40, 'x'] },
      ...{ word: ['yx'], fallback: [1], checked: [{ a: 2, b: 1 }], strict: [{ a: 1, b: 1 }] },
    };
    for (const [key, values] of Object.entries(off))
      for (const value of values) expect([key, agree(odd, { ...fits, [key]: value })]).toEqual([key, 'refused']);
    for (const value of [null, [], 'x', 7, true]) expect(agree(odd, value)).toBe('refused');
  });
});
