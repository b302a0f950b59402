import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitArray, splitLines } from '../../../../server/adapters/http/batch.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const texts = (cut: ReturnType<typeof splitArray>) => ('items' in cut ? cut.items.map((item) => new TextDecoder().decode(item)) : cut);
const space = fc.stringMatching(/^[ \t\r\n]{0,3}$/);

describe('cutting a batch', () => {
  it('gives back exactly the texts of the items, whatever they hold', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(space, fc.json({ maxDepth: 5, stringUnit: 'binary' }), space), { minLength: 1, maxLength: 8 }),
        (items) => {
          const batch = `[${items.map(([before, item, after]) => before + item + after).join(',')}]`;
          expect(texts(splitArray(bytes(batch), 8))).toEqual(items.map(([, item]) => item));
        },
      ),
      { seed: 20_261_123, numRuns: 300 },
    );
  });

  it('never gives an item of a text cut short, and never throws on any bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.json(), { minLength: 1, maxLength: 4 }), fc.nat(), (items, cutAt) => {
        const batch = bytes(`[${items.join(',')}]`);
        expect(splitArray(batch.subarray(0, cutAt % batch.length), 4)).toHaveProperty('broken');
      }),
      { seed: 20_261_124 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (any) => {
        splitArray(any, 3);
        splitLines(any, 3);
      }),
      { seed: 20_261_125, numRuns: 1_000 },
    );
  });

  it('gives a single broken item its own slice', () => {
    expect(texts(splitArray(bytes('[{"a":1},nope, {"a" 1} ,1 2]'), 9))).toEqual(['{"a":1}', 'nope', '{"a" 1}', '1 2']);
  });

  it('stops at one item too many', () => {
    expect(splitArray(bytes('[1,2,3]'), 2)).toEqual({ tooMany: true });
    expect(splitLines(bytes('1\n2\n3'), 2)).toEqual({ tooMany: true });
    expect(texts(splitLines(bytes('1\n2\r\n\n'), 2))).toEqual(['1', '2']);
  });
});
