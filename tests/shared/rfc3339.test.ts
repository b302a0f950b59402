import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EARLIEST_INSTANT, LATEST_INSTANT, parseInstant } from '../../shared/events/rfc3339.ts';

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);
const two = (n: number): string => String(n).padStart(2, '0');

describe('[I8] reading instants', () => {
  it('agrees with the calendar of the platform on every instant there is, in every offset', () => {
    process.stdout.write(`rfc3339: seed ${SEED}\n`);
    const instants = fc.integer({ min: EARLIEST_INSTANT, max: LATEST_INSTANT - 1 });
    fc.assert(
      fc.property(instants, fc.integer({ min: -23 * 60 - 59, max: 23 * 60 + 59 }), (ms, offset) => {
        const local = new Date(ms + offset * 60_000).toISOString().slice(0, -1);
        const minutes = Math.abs(offset);
        const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
        expect(parseInstant(`${local}${zone}`)).toBe(ms);
        expect(parseInstant(new Date(ms).toISOString())).toBe(ms);
      }),
      { seed: SEED, numRuns: 5_000 },
    );
  });

  it('takes exactly the days that exist', () => {
    for (let year = 1991; year <= 2100; year++)
      for (let month = 1; month <= 12; month++)
        for (let day = 28; day <= 32; day++) {
          const real = new Date(Date.UTC(year, month - 1, day));
          const exists = real.getUTCMonth() === month - 1;
          const read = parseInstant(`${year}-${two(month)}-${two(day)}T00:00:00Z`);
          expect(read).toBe(exists ? real.getTime() : 'no_such_time');
        }
  });

  it('cuts fractions to the millisecond', () => {
    const base = Date.parse('2026-11-23T10:00:00Z');
    expect(['.1', '.12', '.123', '.1239', '.000999999'].map((f) => Number(parseInstant(`2026-11-23T10:00:00${f}Z`)) - base)).toEqual([
      100, 120, 123, 123, 0,
    ]);
  });

  it.each([
    ['1989-12-31T23:59:59.999Z', 'out_of_range'],
    ['2101-01-01T00:00:00Z', 'out_of_range'],
    ['2100-12-31T23:59:59.999Z', LATEST_INSTANT - 1],
    ['1990-01-01T08:00:00+08:00', EARLIEST_INSTANT],
    ['2026-11-23T10:00:00', 'no_offset'],
    ['2026-11-23T10:00:00+24:00', 'no_such_time'],
    ['2026-11-23T10:00:00+08:60', 'no_such_time'],
    ['2026-11-23T10:00:00−08:00', 'shape'],
    ['2026-11-23T10:00:00Z ', 'shape'],
  ])('%s is %s', (text, expected) => expect(parseInstant(text)).toBe(expected));
});
