import { expect, test } from 'vitest';
import { gramHashes, sketchOf } from '../../../../server/domain/stories/sketch.ts';
import { textLikeness } from '../../../../server/domain/stories/likeness.ts';
import { seededRandom } from '../../../helpers/random.ts';

test('a likeness that must reach a limit is told as one that need not: whole where it does, below the limit where it does not', () => {
  const seed = 20_261_201;
  const random = seededRandom(seed);
  const words = (count: number) => Array.from({ length: count }, () => String.fromCodePoint(0x4e00 + random.below(400)));
  let [reached, missed] = [0, 0];
  for (let n = 0; n < 3_000; n++) {
    // From parts of one text to texts of nothing in common, and some longer than a sketch keeps.
    const one = words(2 + random.below(random.below(4) === 0 ? 160 : 60));
    const start = random.below(one.length);
    const other = [...words(random.below(30)), ...one.slice(start, start + 1 + random.below(one.length)), ...words(random.below(30))];
    const [a, b] = [sketchOf(gramHashes(one.join(''))), sketchOf(gramHashes(other.join('')))];
    const common = new Set(random.below(3) === 0 ? [...a.hashes].filter(() => random.below(4) === 0) : []);
    const limit = random.pick([0.3, 0.5, 0.55, 0.85, 0.9, 1]);
    const whole = textLikeness(a, b, 0, common);
    const limited = textLikeness(a, b, limit, common);
    if (whole >= limit) expect(limited, `seed ${String(seed)}, text ${String(n)}`).toBe(whole);
    else expect(limited, `seed ${String(seed)}, text ${String(n)}`).toBeLessThan(limit);
    if (whole >= limit) reached++;
    else missed++;
  }
  expect(reached).toBeGreaterThan(200);
  expect(missed).toBeGreaterThan(200);
});
